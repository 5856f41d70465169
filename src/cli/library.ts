/** The scenarios on disk, and a single file of a teacher's own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Library, type LibraryFile, type Loaded, type Ready } from '../scenario/index.ts';

const SCENARIOS = fileURLToPath(new URL('../../scenarios', import.meta.url));

export function diskLibrary(): Library {
  const files: LibraryFile[] = [];
  for (const path of readdirSync(SCENARIOS, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.ya?ml$/.test(path)) continue;
    files.push({ path: path.replaceAll('\\', '/'), text: readFileSync(join(SCENARIOS, path), 'utf8') });
  }
  return new Library(files);
}

/** Opens a scenario by id, or by path when the argument looks like a file. */
export function openScenario(library: Library, what: string): Loaded<Ready> {
  if (!/\.ya?ml$|[/\\]/.test(what)) return library.open(what);
  try {
    return library.prepare(what, readFileSync(what, 'utf8'));
  } catch (error) {
    return {
      ok: false,
      problems: [{ file: what, line: 0, column: 0, path: '', expected: 'a readable file', got: reason(error) }],
    };
  }
}

export function reason(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
}
