/** Protocol code is synchronous: no promise below the hosts. */
import { withoutComments } from './determinism.mjs';

export const name = 'promises';

export function check({ path, text }) {
  if (!/^src\/(wire|net|protocols|mail)\//.test(path) || !/\.ts$/.test(path)) return [];
  return /\basync\b|\bawait\b|\bPromise\b/.test(withoutComments(text)) ? [`${path}: no promises in protocol code`] : [];
}
