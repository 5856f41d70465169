/** Both languages say the same: every key of one catalogue is in the other, in a file of the same name, and neither is empty. */
export const name = 'catalogues';

/** `files`: all of src/i18n. */
export function checkAll(files) {
  const problems = [];
  const catalogues = new Map(
    files.filter(({ path }) => path.endsWith('.json')).map(({ path, text }) => [path, JSON.parse(text)]),
  );
  for (const [path, texts] of catalogues) {
    const twin = path.includes('/es/') ? path.replace('/es/', '/en/') : path.replace('/en/', '/es/');
    const other = catalogues.get(twin);
    if (other === undefined) {
      problems.push(`${path}: ${twin} is missing`);
      continue;
    }
    for (const [key, text] of Object.entries(texts)) {
      // Spanish has one plural form more than English.
      if (!(key in other) && !key.endsWith('_many')) problems.push(`${path}: ${key} is not in ${twin}`);
      if (typeof text !== 'string' || text.trim() === '') problems.push(`${path}: ${key} says nothing`);
    }
  }
  return problems;
}
