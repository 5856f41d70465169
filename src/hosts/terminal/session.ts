/**
 * One terminal session: a tty, a shell, and the program in the foreground. Everything that reaches the screen is in the trace; what is
 * typed comes from the input log. Programs that are alone on their line have the terminal to themselves.
 */
import { fromUtf8 } from '../../core/index.ts';
import type { Host } from '../host.ts';
import { complete } from './completion.ts';
import { History } from './history.ts';
import type { Program, ProgramContext, RunningProgram, TtyControl } from './program.ts';
import { homeOf, Shell } from './shell/shell.ts';
import { simpleWords } from './shell/words.ts';
import { Tty, type TtyReader } from './tty.ts';

export interface SessionOptions {
  /** `pc-ana:0`. */
  readonly id: string;
  readonly user: string;
  readonly programs: readonly Program[];
  /** Host names that Tab completes. */
  readonly hosts: () => readonly string[];
}

export class TerminalSession {
  readonly id: string;
  private readonly tty: Tty;
  private shell: Shell;
  private readonly shellHistory = new History();
  private readonly lineHistory = new History();
  private running: RunningProgram | undefined;
  private pending = '';
  private open = true;
  /** Counts lines: what ends late must not disturb a later one. */
  private turn = 0;

  constructor(
    private readonly host: Host,
    private readonly options: SessionOptions,
  ) {
    this.id = options.id;
    this.tty = new Tty(
      (data) => {
        this.pending += data;
      },
      () => this.shell.interrupt(),
    );
    this.shell = this.newShell();
    host.disk.makeDirectory(homeOf(options.user), { owner: options.user, mode: 0o755 });
    this.title();
    this.greet();
    this.flush();
  }

  /** Keystrokes, as UTF-8 text. */
  keys(data: string): void {
    if (!this.open || !this.host.running) return;
    this.tty.input(data);
    this.flush();
  }

  resize(columns: number, rows: number): void {
    if (!this.open) return;
    this.tty.resize(columns, rows);
    this.running?.resized?.(this.tty.columns, this.tty.rows);
    this.flush();
  }

  close(): void {
    if (!this.open) return;
    this.stop();
    this.open = false;
    this.host.trace({ type: 'session', session: this.id, title: '', state: 'closed' });
  }

  /** The host lost power: everything in memory is gone. */
  hangUp(): void {
    if (!this.open) return;
    this.stop();
    this.tty.read(undefined);
    this.tty.output('\n\x1b[2m[ ⏻ ]\x1b[0m\n');
    this.flush();
  }

  /** Power is back: a new log-in. */
  wake(): void {
    if (!this.open) return;
    this.shell = this.newShell();
    this.greet();
    this.flush();
  }

  private stop(): void {
    this.turn++;
    this.running?.hangup?.();
    this.running = undefined;
    this.shell.hangUp();
  }

  private newShell(): Shell {
    const { id, user, programs } = this.options;
    return new Shell({ host: this.host, session: id, user, programs });
  }

  private greet(): void {
    const { host } = this;
    this.tty.output(`${host.hostname} (${host.net.addresses.join(', ')})\n`);
    this.prompt();
  }

  private prompt(): void {
    const { user } = this.options;
    const { cwd, home } = this.shell;
    const place = cwd === home ? '~' : cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd;
    const sign = user === 'root' ? '#' : '$';
    this.tty.ask(`\x1b[32m${user}@${this.host.id}\x1b[0m:\x1b[34m${place}\x1b[0m${sign} `);
    this.tty.read(this.shellReader);
  }

  private readonly shellReader: TtyReader = {
    mode: 'line',
    echo: true,
    history: this.shellHistory,
    line: (text) => this.line(text),
    key: () => undefined,
    endOfInput: () => this.logOut(),
    interrupt: () => this.prompt(),
    complete: (before) => {
      const { commands, cwd, home } = this.shell;
      return complete(before, { disk: this.host.disk, commands, cwd, home, hosts: this.options.hosts() });
    },
  };

  private logOut(): void {
    this.tty.output('logout\n\n');
    this.shell = this.newShell();
    this.greet();
  }

  private line(text: string): void {
    const words = simpleWords(text);
    const [name] = words ?? [];
    if (text.trim() === '') return this.prompt();
    if (name === 'exit' || name === 'logout') return this.logOut();
    this.tty.read(undefined);
    const turn = ++this.turn;
    const done = (status: number): void => {
      if (turn !== this.turn) return;
      this.running = undefined;
      this.shell.status = status;
      this.host.trace({ type: 'command', session: this.id, line: text, status });
      this.prompt();
      this.flush();
    };
    const program = this.options.programs.find((candidate) => candidate.name === name);
    if (program !== undefined && words !== undefined) this.start(program, words.slice(1), done);
    else if (name === 'history') this.showHistory(done);
    else if (name === 'clear') {
      this.tty.output('\x1b[2J\x1b[H');
      done(0);
    } else {
      this.shell.run(text, ({ output, errors, status }) => {
        if (turn !== this.turn) return;
        this.tty.output(output);
        this.tty.output(errors);
        done(status);
      });
    }
  }

  private showHistory(done: (status: number) => void): void {
    const lines = this.shellHistory.all.map((line, i) => `${(i + 1).toString().padStart(5)}  ${line}\n`);
    this.tty.output(lines.join(''));
    done(0);
  }

  /** Starts a program in the foreground, with the terminal to itself. */
  private start(program: Program, args: readonly string[], done: (status: number) => void): void {
    const { host, options, tty } = this;
    let over = false;
    let mode: 'line' | 'key' = 'line';
    let echo = true;
    let running: RunningProgram = {};
    const exit = (status: number): void => {
      if (over) return;
      over = true;
      tty.read(undefined);
      done(status);
    };
    const read = (): void => {
      if (over) return;
      tty.read({
        mode,
        echo,
        history: this.lineHistory,
        line: (text) => running.line?.(text),
        key: (data) => running.key?.(data),
        endOfInput: () => running.endOfInput?.(),
        interrupt: () => {
          if (running.interrupt !== undefined) running.interrupt();
          else {
            running.hangup?.();
            exit(130);
          }
        },
      });
    };
    const control: TtyControl = {
      get columns() {
        return tty.columns;
      },
      get rows() {
        return tty.rows;
      },
      echo: (on) => {
        echo = on;
        read();
      },
      mode: (wanted) => {
        mode = wanted;
        read();
      },
      prompt: (text) => {
        tty.ask(text);
        this.flush();
      },
    };
    const show = (output: string | Uint8Array): void => {
      if (over) return;
      tty.output(typeof output === 'string' ? output : fromUtf8(output));
      this.flush();
    };
    const context: ProgramContext = {
      host,
      session: this.id,
      user: options.user,
      cwd: this.shell.cwd,
      env: this.shell.env,
      args,
      input: undefined,
      tty: control,
      write: show,
      error: show,
      exit,
    };
    const started = program.start(context);
    if (over) return;
    running = started;
    this.running = started;
    read();
  }

  private title(): void {
    const { host, id } = this;
    host.trace({ type: 'session', session: id, title: host.id, state: 'open' });
  }

  /** Output of one turn is one entry. */
  private flush(): void {
    if (this.pending === '') return;
    const data = this.pending;
    this.pending = '';
    this.host.trace({ type: 'terminal', session: this.id, data });
  }
}
