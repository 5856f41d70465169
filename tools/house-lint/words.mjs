/** The project speaks of itself alone: no addresses of package registries, no paths of anyone's machine. */
const FORBIDDEN = [
  /registry\.[a-z.]+\//i,
  /\/home\/(?!USER\b|\$\{|"|'|`|user\b|root\b|ana\b|bruno\b|a\b)[a-z]+\/(?!mail)/,
  /\/Users\/[a-z]+\//,
];

export const name = 'words';

export function check({ path, text }) {
  if (path.startsWith('tools/house-lint/')) return [];
  return FORBIDDEN.flatMap((pattern) => {
    const found = pattern.exec(text);
    return found === null ? [] : [`${path}: ${found[0]}`];
  });
}
