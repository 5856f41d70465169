/** `estafeta validate FILE…`: checks scenario and world files; exit status 1 on any problem. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { FileProblem, Library } from '../../scenario/index.ts';
import { diskLibrary, reason } from '../library.ts';
import { failWith } from '../problems.ts';

export function validateCommand(): Command {
  return new Command('validate')
    .description('check scenario files; problems name file, line, path and what was expected')
    .argument('<file...>')
    .action((files: string[]) => {
      const library = diskLibrary();
      for (const file of files) {
        const problems = check(library, file);
        if (problems.length === 0) console.log(`${file}: ok`);
        else failWith(problems);
      }
    });
}

function check(library: Library, file: string): readonly FileProblem[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return [{ file, line: 0, column: 0, path: '', expected: 'a readable file', got: reason(error) }];
  }
  const isWorld = /^kind:\s*["']?world["']?\s*$/m.test(text);
  const result = isWorld ? library.prepareWorld(file, text) : library.prepare(file, text);
  return result.ok ? [] : result.problems;
}
