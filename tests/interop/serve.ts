/** Runs `estafeta serve` as its own process on free ports, for real clients. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Served {
  readonly base: number;
  readonly services: readonly { readonly host: string; readonly protocol: string; readonly port: number }[];
  stop(): Promise<void>;
}

/** Tries base ports until one is free: several test runs may share a machine. */
export async function serve(): Promise<Served> {
  for (let base = 30_000 + (process.pid % 500) * 10; base < 60_000; base += 1500) {
    const served = await tryServe(base);
    if (served !== undefined) return served;
  }
  throw new Error('no free range of ports');
}

function tryServe(base: number): Promise<Served | undefined> {
  const child = spawn(process.execPath, ['bin/estafeta.mjs', 'serve', '--json', '--base-port', `${base}`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (!text.includes('\n')) return;
      const { services } = JSON.parse(text.slice(0, text.indexOf('\n'))) as Pick<Served, 'services'>;
      resolve({ base, services, stop: () => stop(child) });
    });
    child.once('exit', () => resolve(undefined));
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
