/** Two hosts on two networks with a router between them, and programs that collect what they hear. */
import { Kernel } from '../../../src/core/index.ts';
import type { LinkParameters, TcpEvents, TcpSocket } from '../../../src/net/index.ts';
import { Network } from '../../../src/net/index.ts';

export const CLIENT = '192.0.2.10';
export const SERVER = '198.51.100.25';

export function pair(seed: number, link: Partial<LinkParameters> = {}, keep = true) {
  const kernel = new Kernel({ seed, keep });
  const network = new Network(kernel, {
    networks: [
      { id: 'left', cidr: '192.0.2.0/24' },
      { id: 'right', cidr: '198.51.100.0/24' },
    ],
    hosts: [
      { id: 'client', network: 'left', addresses: [CLIENT], link },
      { id: 'server', network: 'right', addresses: [SERVER], link },
    ],
    routers: [
      {
        id: 'router',
        interfaces: [
          { network: 'left', address: '192.0.2.1', link },
          { network: 'right', address: '198.51.100.1', link },
        ],
      },
    ],
  });
  const client = network.stack('client');
  const server = network.stack('server');
  if (client === undefined || server === undefined) throw new Error('no stacks');
  client.powerOn();
  server.powerOn();
  return { kernel, network, client, server };
}

/** Collects octets and events; answers are given by `on`. */
export class Collector implements TcpEvents {
  socket: TcpSocket | undefined;
  readonly log: string[] = [];
  readonly chunks: Uint8Array[] = [];

  constructor(
    private readonly on: Partial<Record<'connected' | 'data' | 'peerClosed', (self: Collector) => void>> = {},
  ) {}

  connected(): void {
    this.log.push('connected');
    this.on.connected?.(this);
  }

  data(bytes: Uint8Array): void {
    this.chunks.push(bytes.slice());
    this.on.data?.(this);
  }

  peerClosed(): void {
    this.log.push('peerClosed');
    this.on.peerClosed?.(this);
  }

  closed(reason: string): void {
    this.log.push(reason);
  }

  get octets(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.chunks));
  }
}

/** Runs until nothing is due any more. */
export function drain(kernel: Kernel): void {
  while (kernel.run() === 'stepped');
}
