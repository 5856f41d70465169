/**
 * A network without frames, for tests of what runs above it: datagrams and TCP octets arrive after a fixed delay, in
 * order, unless the address is `silent`. Implements the socket contract of src/net/socket.ts.
 */
import type { Kernel, SocketAddress, StreamRange } from '../../../../src/core/index.ts';
import type { Disk } from '../../../../src/hosts/disk/disk.ts';
import { Host } from '../../../../src/hosts/host.ts';
import type {
  BindError,
  ConnectOptions,
  DatagramHandler,
  Listener,
  NetStack,
  TcpEvents,
  TcpSocket,
  UdpSocket,
} from '../../../../src/net/socket.ts';

const DELAY = 10_000;

export class FakeNetwork {
  readonly stacks = new Map<string, FakeStack>();
  /** Addresses to which nothing arrives. */
  readonly silent = new Set<string>();
  conversations = new Map<string, string>();
  constructor(readonly kernel: Kernel) {}

  host(id: string, ip: string, nameserver?: string): Host {
    const net = new FakeStack(this, id, ip);
    this.stacks.set(ip, net);
    const host = new Host({
      id,
      hostname: id,
      kernel: this.kernel,
      net,
      disk: fakeDisk(),
      epoch: Date.UTC(2026, 0, 15, 9),
      utcOffset: 60,
      ...(nameserver === undefined ? {} : { nameserver: { ip: nameserver, port: 53 } }),
    });
    host.powerOn();
    return host;
  }

  conversation(a: SocketAddress, b: SocketAddress): string {
    const key = [`${a.ip}:${a.port}`, `${b.ip}:${b.port}`].sort().join(' ');
    let id = this.conversations.get(key);
    if (id === undefined) {
      id = `udp:${this.conversations.size + 1}`;
      this.conversations.set(key, id);
    }
    return id;
  }
}

class FakeStack implements NetStack {
  readonly addresses: readonly string[];
  readonly udp = new Map<number, DatagramHandler>();
  readonly tcp = new Map<number, (socket: TcpSocket) => TcpEvents>();
  readonly listening = [];
  readonly connections = [];
  private next = 40_000;

  constructor(
    readonly network: FakeNetwork,
    readonly node: string,
    readonly ip: string,
  ) {
    this.addresses = [ip];
  }

  bindUdp(port: number, handler: DatagramHandler): UdpSocket | BindError {
    const bound = port === 0 ? this.next++ : port;
    if (this.udp.has(bound)) return { error: 'in-use', port: bound };
    this.udp.set(bound, handler);
    const local = { ip: this.ip, port: bound };
    return {
      local,
      send: (to, bytes, announce) => {
        const conn = this.network.conversation(local, to);
        announce?.(conn);
        const copy = bytes.slice();
        this.network.kernel.after(DELAY, () => {
          if (this.network.silent.has(to.ip)) return;
          this.network.stacks.get(to.ip)?.udp.get(to.port)?.(copy, local, conn);
        });
        return conn;
      },
      close: () => this.udp.delete(bound),
    };
  }

  listen(port: number, accept: (socket: TcpSocket) => TcpEvents): Listener | BindError {
    this.tcp.set(port, accept);
    return { port, close: () => this.tcp.delete(port) };
  }

  connect(to: SocketAddress, events: TcpEvents, _options?: ConnectOptions): TcpSocket {
    const { kernel } = this.network;
    const id = `tcp:${this.next}`;
    const near = new FakeSocket(kernel, id, { ip: this.ip, port: this.next++ }, to);
    near.events = events;
    kernel.after(2 * DELAY, () => {
      const accept = this.network.silent.has(to.ip) ? undefined : this.network.stacks.get(to.ip)?.tcp.get(to.port);
      if (accept === undefined) {
        events.closed('refused');
        return;
      }
      const far = new FakeSocket(kernel, id, to, near.local);
      far.peer = near;
      near.peer = far;
      far.events = accept(far);
      events.connected?.();
    });
    return near;
  }

  powerOff(): void {
    this.udp.clear();
    this.tcp.clear();
  }
  powerOn(): void {}
}

class FakeSocket implements TcpSocket {
  peer: FakeSocket | undefined;
  events: TcpEvents | undefined;
  readonly state = 'ESTABLISHED';
  readonly pending = 0;
  private written = 0;
  constructor(
    readonly kernel: Kernel,
    readonly id: string,
    readonly local: SocketAddress,
    readonly remote: SocketAddress,
  ) {}
  write(bytes: Uint8Array): StreamRange {
    const copy = bytes.slice();
    const from = this.written;
    this.written += copy.length;
    this.kernel.after(DELAY, () => this.peer?.events?.data(copy));
    return { from, to: this.written };
  }
  close(): void {
    this.kernel.after(DELAY, () => this.peer?.events?.peerClosed());
  }
  abort(): void {
    this.kernel.after(DELAY, () => this.peer?.events?.closed('reset'));
  }
  pause(): void {}
  resume(): void {}
}

function fakeDisk(): Disk {
  const files = new Map<string, string>();
  return {
    read: () => undefined,
    readText: (path) => files.get(path),
    write: () => true,
    append: (path, content) => {
      files.set(path, (files.get(path) ?? '') + String(content));
      return true;
    },
    makeDirectory: () => true,
    list: () => undefined,
    stat: () => undefined,
    remove: () => true,
    rename: () => true,
    setMode: () => true,
  };
}
