/** Every source file begins by saying what it is for. */
export const name = 'header';

export function check({ path, text }) {
  if (!path.startsWith('src/') || !/\.tsx?$/.test(path)) return [];
  return /^\/\*\*/.test(text) ? [] : [`${path}: no comment at the top that says what the file is for`];
}
