/** Real programs that the interop tests drive. Obtained where that is easy; the tests say so and skip where they are absent. */
import { spawnSync } from 'node:child_process';
import { aptInstall, isDebian } from './browser.mjs';

const CLIENTS = ['curl', 'tshark'];

export async function obtainClients() {
  const absent = CLIENTS.filter((name) => spawnSync(name, ['--version']).error !== undefined);
  if (absent.length === 0 || !isDebian() || process.getuid?.() !== 0) return;
  console.log(`Getting ${absent.join(', ')} with apt for the interop tests.`);
  await aptInstall(absent);
}
