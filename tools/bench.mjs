/** `npm run bench`: every benchmark of tests/bench, one after another. Prints figures; asserts none. */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { npx, root, run } from './lib/run.mjs';

console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`);
if (!existsSync(join(root, 'dist', 'index.html'))) await npx('vite', ['build', '--logLevel', 'warn']);
for (const name of ['journeys', 'seek', 'open']) {
  console.log(`\n── ${name}`);
  const status = await run(process.execPath, ['--expose-gc', '--import', 'tsx', `tests/bench/${name}.ts`]);
  if (status !== 0) process.exitCode = 1;
}
