/**
 * Port 53 of a host, UDP and TCP: gives each question to an endpoint of the role it was made with, and writes the query
 * log and the trace. Over UDP, endpoints are workers: one is busy with one client at a time and is used again after.
 */
import { type ConnectionId, type Pdu, type SocketAddress, statePath } from '../../core/index.ts';
import type { UdpSocket } from '../../net/socket.ts';
import type { Effect, Endpoint } from '../../protocols/contract.ts';
import type { Transport } from '../../protocols/dns/index.ts';
import { EndpointSocket } from '../endpoint-socket.ts';
import type { Host, Service } from '../host.ts';
import { sendDatagram } from './exchange.ts';

export const DNS_PORT = 53;
export const QUERY_LOG = '/var/log/named.log';

/** Clients served at once over UDP; more are dropped, as BIND's `recursive-clients 1000` does. */
const WORKERS = 1_000;
/** RFC 7766 §6.2.2: a limit on TCP connections. BIND: `tcp-clients 150`. */
const CONNECTIONS = 150;

export interface NameServerHooks<Ask extends { readonly kind: string }, Answer> {
  /** Registry key: `dns.authoritative`. */
  readonly machine: string;
  create(transport: Transport): Endpoint<Ask, Answer>;
  ask(what: Ask, reply: (result: Answer) => void): void;
  /** Power failure. */
  crashed?(): void;
}

interface Worker<Ask extends { readonly kind: string }, Answer> {
  readonly endpoint: Endpoint<Ask, Answer>;
  readonly id: string;
  /** Timers that run, by id. */
  readonly timers: Map<string, { cancel(): void }>;
  client: SocketAddress;
  conn: ConnectionId;
}

/** The service `named`. */
export class NameServer<Ask extends { readonly kind: string }, Answer> implements Service {
  readonly name = 'named';
  private idle: Worker<Ask, Answer>[] = [];
  private readonly busy = new Map<ConnectionId, Worker<Ask, Answer>>();
  private socket: UdpSocket | undefined;
  private connections = 0;

  constructor(
    private readonly host: Host,
    private readonly hooks: NameServerHooks<Ask, Answer>,
  ) {}

  start(): void {
    const socket = this.host.net.bindUdp(DNS_PORT, (bytes, from, conn) => this.datagram(bytes, from, conn));
    if ('error' in socket) {
      this.host.log(QUERY_LOG, `named: binding UDP socket failed: ${socket.error}`);
      return;
    }
    this.socket = socket;
    this.host.net.listen(DNS_PORT, (tcp) => {
      this.connections++;
      const endpoint = new EndpointSocket<Ask, Answer>(this.host, this.hooks.create('tcp'), {
        machine: this.hooks.machine,
        protocol: 'dns',
        service: 'named',
        ask: (what, reply) => this.hooks.ask(what, reply),
        ended: () => this.connections--,
      });
      endpoint.attach(tcp);
      if (this.connections > CONNECTIONS) endpoint.abort();
      return endpoint;
    });
  }

  crashed(): void {
    for (const worker of this.busy.values()) for (const timer of worker.timers.values()) timer.cancel();
    this.idle = [];
    this.busy.clear();
    this.socket = undefined;
    this.connections = 0;
    this.hooks.crashed?.();
  }

  private datagram(bytes: Uint8Array, from: SocketAddress, conn: ConnectionId): void {
    const worker = this.busy.get(conn) ?? this.hire();
    if (worker === undefined) return;
    worker.client = from;
    worker.conn = conn;
    this.busy.set(conn, worker);
    this.run(worker, worker.endpoint.receive(bytes));
  }

  private hire(): Worker<Ask, Answer> | undefined {
    const idle = this.idle.pop();
    if (idle !== undefined) return idle;
    if (this.busy.size >= WORKERS) return undefined;
    const endpoint = this.hooks.create('udp');
    const id = this.host.endpointId('named');
    const worker = { endpoint, id, timers: new Map(), client: { ip: '', port: 0 }, conn: '' };
    const to = statePath(endpoint.snapshot.value);
    this.host.trace({ type: 'transition', endpoint: id, machine: this.hooks.machine, from: '', event: 'start', to });
    this.run(worker, endpoint.start());
    return worker;
  }

  private run(worker: Worker<Ask, Answer>, effects: readonly Effect<Ask>[]): void {
    for (const effect of effects) this.act(worker, effect);
    // Both server machines rest in `waiting`.
    if (worker.conn !== '' && worker.endpoint.snapshot.value === 'waiting') {
      this.busy.delete(worker.conn);
      worker.conn = '';
      this.idle.push(worker);
    }
  }

  private act(worker: Worker<Ask, Answer>, effect: Effect<Ask>): void {
    const { host } = this;
    const { conn, id } = worker;
    switch (effect.type) {
      case 'received':
        host.trace({ type: 'pdu-received', conn, endpoint: id, pdu: effect.pdu, range: effect.range });
        this.log(worker.client, effect.pdu);
        return;
      case 'send': {
        const { pdu, bytes } = effect;
        if (this.socket === undefined) return;
        if (pdu?.verb === 'SERVFAIL') host.log(QUERY_LOG, `named: query failed (SERVFAIL) for ${pdu.args}`);
        sendDatagram(this.socket, worker.client, bytes, () => {
          const range = { from: 0, to: bytes.length };
          if (pdu !== undefined) host.trace({ type: 'pdu-sent', conn, endpoint: id, pdu, range });
        });
        return;
      }
      case 'transition': {
        const { from, event, to } = effect;
        host.trace({ type: 'transition', endpoint: id, machine: this.hooks.machine, conn, from, event, to });
        return;
      }
      case 'timer':
        worker.timers.get(effect.id)?.cancel();
        worker.timers.set(
          effect.id,
          host.kernel.after(effect.after, () => this.run(worker, worker.endpoint.timeout(effect.id))),
        );
        return;
      case 'cancel':
        worker.timers.get(effect.id)?.cancel();
        worker.timers.delete(effect.id);
        return;
      case 'ask': {
        const boot = host.boots;
        this.hooks.ask(effect.what, (result) => {
          // From a fresh event: an endpoint is never entered while it is producing effects.
          host.kernel.after(0, () => {
            if (host.running && host.boots === boot) this.run(worker, worker.endpoint.answer(effect.request, result));
          });
        });
        return;
      }
      case 'note':
        host.trace({ type: 'note', code: effect.code, params: effect.params, conn });
        return;
      default:
        return;
    }
  }

  /** A line as BIND's query log has it. */
  private log(client: SocketAddress, pdu: Pdu): void {
    if (pdu.kind !== 'query') return;
    const { args, verb } = pdu;
    const what = verb === '?' ? `message parsing failed: ${args}` : `query: ${args} IN ${verb.slice(0, -1)}`;
    this.host.log(QUERY_LOG, `named: client ${client.ip}#${client.port} (${args}): ${what}`);
  }
}
