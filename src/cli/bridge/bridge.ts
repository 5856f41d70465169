/**
 * Binds the services of a world to loopback sockets. A real client appears in the world as a visitor node; its octets cross the
 * simulated network to the same virtual server that students use. Here alone time is the wall clock's and randomness the
 * operating system's.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { type Random, UNLIMITED } from '../../core/index.ts';
import { type Ready, Simulation } from '../../scenario/index.ts';
import { captureFrames } from './capture.ts';
import { WallClock } from './clock.ts';
import { relay } from './relay.ts';

export interface BridgeOptions {
  readonly basePort: number;
  readonly listen: string;
  /** Takes the octets of a pcapng file: every frame on every link. */
  readonly capture?: (bytes: Uint8Array) => void;
}

export interface BridgedService {
  readonly host: string;
  readonly protocol: string;
  readonly port: number;
}

export type Bridge =
  | { readonly ok: true; readonly services: readonly BridgedService[]; close(): Promise<void> }
  | { readonly ok: false; readonly message: string };

/** A second host with the same service gets its port this much higher. */
const NEXT_HOST = 1000;
/** Real connections served at once: each costs two sockets and some buffers. */
const MAX_CONNECTIONS = 256;

const NAMES: Readonly<Record<number, string>> = { 22: 'ssh', 25: 'smtp', 110: 'pop3', 143: 'imap', 587: 'submission' };

export async function startBridge(ready: Ready, options: BridgeOptions): Promise<Bridge> {
  const simulation = new Simulation(ready.world, {
    seed: randomInt(2 ** 31),
    scenario: ready.scenario,
    budget: UNLIMITED,
    keep: false,
    random: () => systemRandom,
  });
  const visitor = simulation.world.addVisitor();
  if (options.capture !== undefined) captureFrames(simulation, options.capture);
  const clock = new WallClock(simulation);
  const open = new Set<Socket>();
  const servers: Server[] = [];
  const services: BridgedService[] = [];
  const used = new Map<number, number>();

  const close = async (): Promise<void> => {
    clock.stop();
    for (const socket of open) socket.destroy();
    await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
  };

  for (const { host, address, port } of simulation.world.exposed()) {
    const before = used.get(port) ?? 0;
    used.set(port, before + 1);
    const real = options.basePort + port + before * NEXT_HOST;
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      if (open.size >= MAX_CONNECTIONS) return void socket.destroy();
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      relay(clock, visitor, { ip: address, port }, socket);
    });
    const failure = await listen(server, real, options.listen);
    if (failure !== undefined) {
      await close();
      return {
        ok: false,
        message: `cannot listen on ${options.listen}:${real}: ${failure}; another --base-port may help`,
      };
    }
    servers.push(server);
    services.push({ host, protocol: NAMES[port] ?? 'tcp', port: real });
  }
  clock.enter(() => {});
  return { ok: true, services, close };
}

function listen(server: Server, port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => resolve(undefined));
  });
}

const systemRandom: Random = {
  integer: (min, max) => (min === max ? min : randomInt(min, max + 1)),
  chance: (p) => randomInt(1_000_000) < Math.round(p * 1_000_000),
  bytes: (length) => new Uint8Array(randomBytes(length)),
  pick: (list) => list[randomInt(list.length)] as (typeof list)[number],
};
