/** The files that the house rules look at. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below `folder` whose name matches, as `{ path, text }`, paths relative to the root with `/`. */
export function filesBelow(root, folder, pattern) {
  const files = [];
  const walk = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(inner);
      else if (pattern.test(entry.name)) files.push({ path: inner, text: readFileSync(join(root, inner), 'utf8') });
    }
  };
  walk(folder);
  return files;
}
