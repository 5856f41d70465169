/** The dependency rule for files with JSX, which the dependency cruiser does not read here: the interface sees no network and no host. */
const FORBIDDEN = /from '(?:\.\.\/)+(wire|net|hosts|cli)\//g;

export const name = 'imports';

export function check({ path, text }) {
  if (!path.endsWith('.tsx')) return [];
  return [...text.matchAll(FORBIDDEN)].map(([, layer]) => `${path}: the interface must not import ${layer}`);
}
