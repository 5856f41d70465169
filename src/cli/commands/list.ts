/** `estafeta list`: the scenarios. */
import { Command } from 'commander';
import { diskLibrary } from '../library.ts';
import { failWith } from '../problems.ts';

export function listCommand(): Command {
  return new Command('list')
    .description('list the scenarios: id, kind, topics, languages')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) => {
      const { scenarios, problems } = diskLibrary().summaries();
      if (options.json === true) {
        console.log(
          JSON.stringify(
            scenarios.map(({ id, kind, topics, languages, title }) => ({ id, kind, topics, languages, title })),
            undefined,
            2,
          ),
        );
      } else {
        const width = Math.max(...scenarios.map((scenario) => scenario.id.length));
        for (const { id, kind, topics, languages } of scenarios) {
          console.log(`${id.padEnd(width)}  ${kind.padEnd(4)}  ${languages.join(',')}  ${topics.join(' ')}`);
        }
      }
      if (problems.length > 0) failWith(problems);
    });
}
