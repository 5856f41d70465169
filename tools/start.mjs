/** `npm start`: builds what is missing or older than its sources, serves the workbench on localhost, and prints the address. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { npx, root } from './lib/run.mjs';
import { serveSite } from './lib/site.mjs';

const dist = join(root, 'dist');
const SOURCES = ['src', 'scenarios', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];
const PORT = Number(process.env.PORT ?? 4173);

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const built = statSync(join(dist, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (built < Math.max(...SOURCES.map((name) => newest(join(root, name))))) {
  console.log('Building the workbench …');
  if ((await npx('vite', ['build', '--logLevel', 'warn'])) !== 0) process.exit(1);
}
const { port } = await serveSite(dist, PORT);
console.log(`Estafeta: http://localhost:${port}/   (Ctrl-C ends it)`);
