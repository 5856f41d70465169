/** The `estafeta` command: one file a subcommand in commands/. */
import { Command } from 'commander';
import { listCommand } from './commands/list.ts';
import { runCommand } from './commands/run.ts';
import { serveCommand } from './commands/serve.ts';
import { validateCommand } from './commands/validate.ts';

const program = new Command('estafeta')
  .description(
    'A laboratory for application protocols: runs scenarios head-less and serves their hosts to real clients',
  )
  .version('0.1.0')
  .showHelpAfterError();

for (const command of [listCommand(), runCommand(), validateCommand(), serveCommand()]) program.addCommand(command);

await program.parseAsync();
