/**
 * `telnet`: a network virtual terminal by hand. In line mode each line goes out with CR LF, octet 255 doubled; the server's wish to
 * negotiate is refused politely (RFC 854). Ctrl-] leads to the program's own prompt.
 */
import { utf8 } from '../../../core/index.ts';
import type { CloseReason, TcpSocket } from '../../../net/socket.ts';
import { DO, escapeIac, IAC, IP, refuse, TelnetDecoder, TIMING_MARK } from '../../../protocols/telnet/index.ts';
import type { Program, ProgramContext, RunningProgram } from '../program.ts';
import { lookUp, parsePort } from './lookup.ts';
import { RawTrace } from './raw-trace.ts';

const TELNET_PORT = 23;
const PROMPT = 'telnet> ';
const ESCAPE = '\x1d';

const HELP = `Commands:
  open HOST [PORT]   connect
  close              close the connection
  quit               leave telnet
  status             show the connection
An empty line goes back to the connection.
`;

const FAILURES: Readonly<Record<CloseReason, string>> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  reset: 'Connection reset by peer',
  'host-down': 'Network is down',
  fin: 'Connection closed',
};

export const telnet: Program = {
  name: 'telnet',
  usage: 'telnet [HOST [PORT]]',
  start: (context) => new Telnet(context).begin(),
};

class Telnet implements RunningProgram {
  private socket: TcpSocket | undefined;
  private connected = false;
  private prompting = false;
  private name = '';
  private readonly trace: RawTrace;
  private readonly decoder = new TelnetDecoder();
  /** Typed before the connection is there. */
  private readonly waiting: Uint8Array[] = [];
  private over = false;

  constructor(private readonly context: ProgramContext) {
    this.trace = new RawTrace(context.host, 'telnet');
  }

  begin(): this {
    const { args } = this.context;
    if (args.length > 2 || args.some((arg) => arg.startsWith('-'))) {
      this.context.error(`Usage: ${telnet.usage}\n`);
      this.exit(1);
    } else if (args.length === 0) this.prompt();
    else this.open(args);
    return this;
  }

  line(text: string): void {
    if (this.prompting) this.command(text.trim());
    else this.send(utf8(`${text}\r\n`));
  }

  key(data: string): void {
    if (data !== ESCAPE) return;
    this.context.write('^]\n');
    this.prompt();
  }

  endOfInput(): void {
    if (this.prompting || this.socket === undefined) this.exit(0);
  }

  interrupt(): void {
    if (this.prompting || !this.connected || this.socket === undefined) {
      this.exit(1);
      return;
    }
    // As in life: "interrupt process", and a timing mark to know when it was heeded.
    this.socket.write(Uint8Array.of(IAC, IP, IAC, DO, TIMING_MARK));
  }

  hangup(): void {
    this.over = true;
    this.socket?.abort();
  }

  private prompt(): void {
    if (this.context.tty === undefined) return this.exit(0);
    this.prompting = true;
    this.context.tty.prompt(PROMPT);
  }

  private command(line: string): void {
    const [verb = '', ...args] = line.split(/\s+/);
    this.prompting = false;
    if (verb === '' && this.socket !== undefined) return;
    if (verb !== '' && 'quit'.startsWith(verb)) return this.exit(0);
    if (verb !== '' && 'close'.startsWith(verb) && this.socket !== undefined) {
      this.context.write('Connection closed.\n');
      return this.exit(0);
    }
    if (verb !== '' && 'open'.startsWith(verb) && args.length > 0 && this.socket === undefined) return this.open(args);
    if (verb !== '' && 'status'.startsWith(verb)) {
      this.context.write(
        this.connected ? `Connected to ${this.name}.\nOperating in line by line mode.\n` : 'No connection.\n',
      );
    } else if (verb === '?' || (verb !== '' && 'help'.startsWith(verb))) this.context.write(HELP);
    else if (verb !== '') this.context.write('?Invalid command\n');
    this.prompt();
  }

  private open(args: readonly string[]): void {
    const { context } = this;
    const [name = '', portText] = args;
    const port = portText === undefined ? TELNET_PORT : parsePort(portText);
    if (port === undefined) {
      context.error(`telnet: ${portText}: bad port\n`);
      return this.exit(1);
    }
    this.name = name;
    lookUp(context.host, name, (ip) => {
      if (this.over) return;
      if (ip === undefined) {
        context.error(`telnet: could not resolve ${name}/${portText ?? 'telnet'}: Name or service not known\n`);
        return this.exit(1);
      }
      context.write(`Trying ${ip}...\n`);
      this.connect(ip, port);
    });
  }

  private connect(ip: string, port: number): void {
    const { context } = this;
    const socket = context.host.net.connect(
      { ip, port },
      {
        connected: () => {
          this.connected = true;
          context.write(`Connected to ${this.name}.\nEscape character is '^]'.\n`);
          for (const bytes of this.waiting.splice(0)) this.send(bytes);
        },
        data: (bytes) => this.data(bytes),
        peerClosed: () => {
          this.trace.flush(socket.id);
          socket.close();
          this.ended('Connection closed by foreign host.');
        },
        closed: (reason) => {
          if (this.over) return;
          if (this.connected)
            this.ended(reason === 'fin' ? 'Connection closed by foreign host.' : `${FAILURES[reason]}.`);
          else this.ended(`telnet: Unable to connect to remote host: ${FAILURES[reason]}`);
        },
      },
    );
    this.socket = socket;
  }

  private data(bytes: Uint8Array): void {
    const { socket } = this;
    if (socket === undefined || this.over) return;
    this.trace.receiving(socket.id, bytes);
    const { data, commands } = this.decoder.feed(bytes);
    const answer = refuse(commands);
    if (answer.length > 0) socket.write(answer);
    // The NVT's newline is CR LF; the terminal's is made by the tty.
    this.context.write(withoutCr(data));
  }

  private send(bytes: Uint8Array): void {
    const { socket } = this;
    if (socket === undefined || !this.connected) {
      this.waiting.push(bytes);
      return;
    }
    const wire = escapeIac(bytes);
    this.trace.sending(socket.id, wire);
    socket.write(wire);
  }

  private ended(message: string): void {
    if (this.over) return;
    this.context.write(`${message}\n`);
    this.exit(1);
  }

  private exit(status: number): void {
    if (this.over) return;
    this.over = true;
    this.socket?.close();
    this.context.exit(status);
  }
}

function withoutCr(bytes: Uint8Array): Uint8Array {
  return bytes.filter((octet, i) => !(octet === 13 && (bytes[i + 1] === 10 || bytes[i + 1] === 0)) && octet !== 0);
}
