/**
 * One machine of the world as its programs see it: name, network stack, disk, log, clock, services.
 * Owns power: a crash forgets everything but the disk. Knows no protocol; services (mta, mda, nameserver …) are added to it.
 */
import type { EntryBody, Kernel, NodeId, Random, SocketAddress } from '../core/index.ts';
import type { NetStack } from '../net/socket.ts';
import type { Disk } from './disk/disk.ts';
import type { Resolver } from './resolver.ts';

/** A program that runs on a host from power-on to crash. */
export interface Service {
  /** As `systemctl` would name it: `smtpd`, `named`. */
  readonly name: string;
  /** Binds its sockets. Called at power-on, with a fresh stack and the disk as it was left. */
  start(): void;
  /** Power failure: forget what is not on disk. Sockets are already gone. */
  crashed?(): void;
}

export interface HostOptions {
  readonly id: NodeId;
  /** Fully qualified domain name: `smtp.alba.example`. */
  readonly hostname: string;
  readonly kernel: Kernel;
  readonly net: NetStack;
  readonly disk: Disk;
  /** The recursive resolver that this host asks (its /etc/resolv.conf). */
  readonly nameserver?: SocketAddress;
  /** Wall-clock time of virtual time 0, in ms since 1970 UTC, and the host's UTC offset in minutes. */
  readonly epoch: number;
  readonly utcOffset: number;
}

export class Host {
  readonly id: NodeId;
  readonly hostname: string;
  readonly kernel: Kernel;
  readonly net: NetStack;
  readonly disk: Disk;
  readonly nameserver: SocketAddress | undefined;
  readonly epoch: number;
  readonly utcOffset: number;
  /** This host's own randomness. */
  readonly random: Random;
  readonly services: Service[] = [];
  /** Set by the world builder; programs look names up with it. */
  resolver: Resolver | undefined;
  private on = false;
  private bootCount = 0;
  private endpoints = 0;

  constructor(options: HostOptions) {
    this.id = options.id;
    this.hostname = options.hostname;
    this.kernel = options.kernel;
    this.net = options.net;
    this.disk = options.disk;
    this.nameserver = options.nameserver;
    this.epoch = options.epoch;
    this.utcOffset = options.utcOffset;
    this.random = options.kernel.random(`host/${options.id}`);
  }

  get running(): boolean {
    return this.on;
  }

  /** How often it was powered on: work begun under another number died with that run. */
  get boots(): number {
    return this.bootCount;
  }

  /** The host's calendar time now, in ms since 1970 UTC. */
  get wallClock(): number {
    return this.epoch + Math.floor(this.kernel.now / 1000);
  }

  add(service: Service): void {
    this.services.push(service);
    if (this.on) service.start();
  }

  powerOn(): void {
    if (this.on) return;
    this.on = true;
    this.bootCount++;
    this.net.powerOn();
    this.trace({ type: 'host', what: 'up' });
    for (const service of this.services) service.start();
  }

  powerOff(): void {
    if (!this.on) return;
    this.on = false;
    this.net.powerOff();
    for (const service of this.services) service.crashed?.();
    this.trace({ type: 'host', what: 'down' });
  }

  trace(body: EntryBody): void {
    this.kernel.trace.append(this.id, body);
  }

  /** A trace id for a protocol role that starts on this host: `smtp-alba/smtpd#3`. */
  endpointId(service: string): string {
    return `${this.id}/${service}#${++this.endpoints}`;
  }

  /** Appends a line to a log file on disk and shows it in the trace. `line` has no date: it is put before it. */
  log(file: string, line: string): void {
    const stamped = `${logDate(this.wallClock + this.utcOffset * 60_000)} ${this.id} ${line}`;
    this.disk.append(file, `${stamped}\n`);
    this.trace({ type: 'log', file, line: stamped });
  }
}

/** RFC 3339-like local time, as rsyslog writes it. */
function logDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}
