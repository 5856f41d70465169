/**
 * `nc`: octets as they are, in both directions, as OpenBSD's netcat. No line ends are changed (a lone LF is sent as a lone LF) unless
 * `-C` asks for CR LF; with `-l` it waits for a caller, and the person at the keyboard is the server.
 */
import { fromUtf8, type Scheduled, SECOND, utf8 } from '../../../core/index.ts';
import type { CloseReason, Listener, TcpEvents, TcpSocket, UdpSocket } from '../../../net/socket.ts';
import type { Program, ProgramContext, RunningProgram } from '../program.ts';
import { lookUp, parsePort, serviceName } from './lookup.ts';
import { RawTrace } from './raw-trace.ts';

interface Options {
  listen: boolean;
  crlf: boolean;
  udp: boolean;
  verbose: boolean;
  scan: boolean;
  keep: boolean;
  /** Half-close after the end of input (`-N`). */
  shutdown: boolean;
  port: string | undefined;
  wait: number | undefined;
  readonly rest: string[];
}

const FAILURES: Readonly<Record<CloseReason, string>> = {
  refused: 'Connection refused',
  timeout: 'Operation timed out',
  reset: 'Connection reset by peer',
  'host-down': 'Network is down',
  fin: 'Connection closed',
};

export const nc: Program = {
  name: 'nc',
  usage: 'nc [-CklNuvz] [-p PORT] [-w SECONDS] [HOST] PORT',
  start: (context) => new Netcat(context).begin(),
};

class Netcat implements RunningProgram {
  private socket: TcpSocket | undefined;
  private datagrams: UdpSocket | undefined;
  private peer: { ip: string; port: number } | undefined;
  private listener: Listener | undefined;
  private ready = false;
  private readonly waiting: Uint8Array[] = [];
  private inputEnded = false;
  private trace: RawTrace;
  private options: Options = parse([]) as Options;
  private timer: Scheduled | undefined;
  private over = false;

  constructor(private readonly context: ProgramContext) {
    this.trace = new RawTrace(context.host, 'nc');
  }

  begin(): this {
    const options = parse(this.context.args);
    if (typeof options === 'string') return this.fail(`nc: ${options}\nusage: ${nc.usage}`);
    this.options = options;
    const { input } = this.context;
    if (input !== undefined) {
      if (input.length > 0) this.waiting.push(input);
      this.inputEnded = true;
    }
    return options.listen ? this.listen() : this.call();
  }

  line(text: string): void {
    this.send(utf8(text + (this.options.crlf ? '\r\n' : '\n')));
  }

  endOfInput(): void {
    this.inputEnded = true;
    if (this.ready) this.finishInput();
  }

  hangup(): void {
    this.over = true;
    this.letGo();
  }

  // ── calling ─────────────────────────────────────────────────────────────────────────────────────────────────

  private call(): this {
    const { rest } = this.options;
    const [name = '', portText = ''] = rest;
    const port = parsePort(portText);
    if (rest.length !== 2) return this.fail(`usage: ${nc.usage}`);
    if (port === undefined) return this.fail(`nc: port number invalid: ${portText}`);
    lookUp(this.context.host, name, (ip) => {
      if (this.over) return;
      if (ip === undefined) {
        this.fail(`nc: getaddrinfo for host "${name}" port ${portText}: Name or service not known`);
        return;
      }
      if (this.options.udp) this.openUdp(0, { ip, port });
      else this.connect(name, ip, port);
    });
    return this;
  }

  private connect(name: string, ip: string, port: number): void {
    const { verbose, scan, wait } = this.options;
    const target = `${name} (${ip}) ${port} port [tcp/${serviceName(port)}]`;
    const socket = this.context.host.net.connect(
      { ip, port },
      this.events(
        () => {
          this.timer?.cancel();
          if (verbose) this.context.error(`Connection to ${target} succeeded!\n`);
          if (!scan) return this.start(socket);
          socket.close();
          this.exit(0);
        },
        (reason) => {
          if (verbose || !scan) this.context.error(`nc: connect to ${target} failed: ${FAILURES[reason]}\n`);
        },
      ),
    );
    this.socket = socket;
    if (wait !== undefined) {
      this.timer = this.context.host.kernel.after(wait * SECOND, () => {
        if (this.ready || this.over) return;
        this.fail(`nc: connect to ${target} failed: Operation timed out`);
      });
    }
  }

  // ── listening ───────────────────────────────────────────────────────────────────────────────────────────────

  private listen(): this {
    const { rest, udp, verbose } = this.options;
    const portText = this.options.port ?? rest[rest.length - 1] ?? '';
    const port = parsePort(portText);
    if (port === undefined)
      return this.fail(portText === '' ? `usage: ${nc.usage}` : `nc: port number invalid: ${portText}`);
    if (udp) {
      this.openUdp(port, undefined);
      return this;
    }
    const listener = this.context.host.net.listen(port, (socket) => this.accept(socket));
    if ('error' in listener)
      return this.fail(`nc: ${listener.error === 'in-use' ? 'Address already in use' : 'Cannot listen'}`);
    this.listener = listener;
    if (verbose) this.context.error(`Listening on 0.0.0.0 ${port}\n`);
    return this;
  }

  private accept(socket: TcpSocket): TcpEvents {
    if (this.socket !== undefined) {
      socket.abort();
      return { data: () => undefined, peerClosed: () => undefined, closed: () => undefined };
    }
    this.socket = socket;
    if (!this.options.keep) {
      this.listener?.close();
      this.listener = undefined;
    }
    if (this.options.verbose) this.context.error(`Connection received on ${socket.remote.ip} ${socket.remote.port}\n`);
    const events = this.events(undefined, () => undefined);
    this.start(socket);
    return events;
  }

  // ── both ────────────────────────────────────────────────────────────────────────────────────────────────────

  private events(connected: (() => void) | undefined, failed: (reason: CloseReason) => void): TcpEvents {
    return {
      ...(connected === undefined ? {} : { connected }),
      data: (bytes) => {
        if (this.over || this.socket === undefined) return;
        this.trace.receiving(this.socket.id, bytes);
        this.context.write(bytes);
      },
      peerClosed: () => {
        if (this.socket === undefined) return;
        this.trace.flush(this.socket.id);
        this.socket.close();
        this.disconnected(0);
      },
      closed: (reason) => {
        if (this.over) return;
        if (!this.ready) failed(reason);
        else if (reason === 'reset') this.context.error('nc: Connection reset by peer\n');
        this.disconnected(reason === 'fin' ? 0 : 1);
      },
    };
  }

  /** The conversation is over; with `-k` the next one may come. */
  private disconnected(status: number): void {
    if (this.over) return;
    if (!this.options.keep || this.listener === undefined) return this.exit(status);
    this.socket = undefined;
    this.ready = false;
    this.trace = new RawTrace(this.context.host, 'nc');
  }

  private start(socket: TcpSocket): void {
    this.socket = socket;
    this.ready = true;
    for (const bytes of this.waiting.splice(0)) this.send(bytes);
    if (this.inputEnded) this.finishInput();
  }

  private finishInput(): void {
    if (this.options.shutdown) this.socket?.close();
    const { wait } = this.options;
    // With piped input nothing more can come from here: `-w` bounds the wait for the other side.
    if (wait !== undefined) this.timer = this.context.host.kernel.after(wait * SECOND, () => this.exit(0));
  }

  private send(bytes: Uint8Array): void {
    const { socket, datagrams, peer } = this;
    if (datagrams !== undefined && peer !== undefined) {
      datagrams.send(peer, bytes, (conn) => this.trace.sending(conn, bytes));
    } else if (socket === undefined || !this.ready) {
      this.waiting.push(bytes);
    } else {
      this.trace.sending(socket.id, bytes);
      socket.write(bytes);
    }
  }

  private openUdp(port: number, peer: { ip: string; port: number } | undefined): void {
    const bound = this.context.host.net.bindUdp(port, (bytes, from, conn) => {
      if (this.over) return;
      this.peer ??= from;
      this.trace.receiving(conn, bytes);
      this.context.write(fromUtf8(bytes));
    });
    if ('error' in bound) {
      this.fail('nc: Address already in use');
      return;
    }
    this.datagrams = bound;
    this.peer = peer;
    for (const bytes of this.waiting.splice(0)) this.send(bytes);
    if (this.inputEnded) this.finishInput();
  }

  private fail(message: string): this {
    if (!this.over) this.context.error(`${message}\n`);
    this.exit(1);
    return this;
  }

  private exit(status: number): void {
    if (this.over) return;
    this.over = true;
    this.letGo();
    this.context.exit(status);
  }

  private letGo(): void {
    this.timer?.cancel();
    this.listener?.close();
    this.datagrams?.close();
    this.socket?.close();
  }
}

/** Options as getopt reads them, or what is wrong with them. */
function parse(args: readonly string[]): Options | string {
  const options: Options = {
    listen: false,
    crlf: false,
    udp: false,
    verbose: false,
    scan: false,
    keep: false,
    shutdown: false,
    port: undefined,
    wait: undefined,
    rest: [],
  };
  const flags: Readonly<Record<string, keyof Options>> = {
    l: 'listen',
    C: 'crlf',
    u: 'udp',
    v: 'verbose',
    z: 'scan',
    k: 'keep',
    N: 'shutdown',
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!arg.startsWith('-') || arg === '-') {
      options.rest.push(arg);
      continue;
    }
    for (let j = 1; j < arg.length; j++) {
      const letter = arg[j] as string;
      const flag = flags[letter];
      if (flag !== undefined) {
        Object.assign(options, { [flag]: true });
      } else if (letter === 'p' || letter === 'w' || letter === 'q') {
        const value = arg.slice(j + 1) || args[++i];
        if (value === undefined) return `option requires an argument -- '${letter}'`;
        if (letter === 'p') options.port = value;
        else if (/^\d{1,6}$/.test(value)) options.wait = Number(value);
        else return `timeout invalid: ${value}`;
        break;
      } else if (letter !== 'n' && letter !== '4') {
        return `invalid option -- '${letter}'`;
      }
    }
  }
  return options;
}
