/** Small files with one idea: 500 lines are the limit. */
const LIMIT = 500;

export const name = 'size';

export function check({ path, text }) {
  // A style sheet is a list, not a train of thought.
  if (path.endsWith('.css')) return [];
  const lines = text.split('\n').length - 1;
  return lines > LIMIT ? [`${path}: ${lines} lines, ${LIMIT} are the limit`] : [];
}
