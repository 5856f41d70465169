/**
 * What a program that runs in a terminal is: event-driven, so that virtual time goes on while it waits for the network or for
 * its user. The shell (shell/) starts programs; programs/ holds them, one file each.
 *
 * A program reads either the keyboard (cooked lines, or single keys when it asks for them) or redirected input, never both.
 */
import type { Host } from '../host.ts';

export interface ProgramContext {
  readonly host: Host;
  /** Id of the terminal session, for the trace: `pc-ana:0`. */
  readonly session: string;
  readonly user: string;
  /** Working directory, absolute. */
  readonly cwd: string;
  readonly env: ReadonlyMap<string, string>;
  /** Arguments without the program's name. */
  readonly args: readonly string[];
  /** Redirected or piped standard input, all of it; `undefined`: the keyboard. */
  readonly input: Uint8Array | undefined;
  /** The terminal; `undefined` when standard output goes to a pipe or file. */
  readonly tty: TtyControl | undefined;
  /** Standard output. `\n` ends a line; the tty makes CR LF of it. */
  write(output: string | Uint8Array): void;
  /** Standard error. */
  error(output: string): void;
  /** The program has ended. Once, possibly from within `start`; nothing may be called after it. */
  exit(status: number): void;
}

/** What a program may ask of its terminal. */
export interface TtyControl {
  readonly columns: number;
  readonly rows: number;
  /** Whether typed characters are shown (off for passwords). */
  echo(on: boolean): void;
  /** `line`: the tty edits a line and hands it over on Enter; `key`: every key comes at once, unseen. */
  mode(mode: 'line' | 'key'): void;
  /** The text before the line being edited (`& `, `login: `); shown at once. */
  prompt(text: string): void;
}

/** A started program: what the terminal tells it. All are optional; what is not taken is ignored. */
export interface RunningProgram {
  /** A line from the keyboard, without its line end (line mode). */
  line?(text: string): void;
  /** A key, as its octets' text: `\x1d`, `\x1b[A` (key mode). In line mode only control keys that the editor does not use. */
  key?(data: string): void;
  /** Ctrl-D on an empty line. */
  endOfInput?(): void;
  /** Ctrl-C. Without this the program is ended with status 130. */
  interrupt?(): void;
  resized?(columns: number, rows: number): void;
  /** The session was closed or the host lost power: let go of sockets. */
  hangup?(): void;
}

export interface Program {
  readonly name: string;
  /** One line: `telnet HOST [PORT]`. */
  readonly usage: string;
  start(context: ProgramContext): RunningProgram;
}
