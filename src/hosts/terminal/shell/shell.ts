/**
 * The shell of a terminal session: just-bash over the host's disk, with our own programs beside its commands. just-bash is
 * promise-based: while it computes it holds the kernel's clock, and lets go of it whenever one of our programs waits for the virtual
 * world. So what a line does enters the trace in one order only, however long the computation really takes.
 */
import type { Bash, CommandName, CustomCommand, ExecResult } from 'just-bash/browser';
import { concat, fromLatin1, fromUtf8, latin1, utf8 } from '../../../core/index.ts';
import type { Host } from '../../host.ts';
import { MAX_PIPED, SHELL } from '../limits.ts';
import type { Program, ProgramContext, RunningProgram } from '../program.ts';
import { DiskFileSystem } from './disk-fs.ts';
import { enterVirtualGlobals } from './virtual-globals.ts';

export interface ShellOutcome {
  readonly output: string;
  readonly errors: string;
  readonly status: number;
}

export interface ShellOptions {
  readonly host: Host;
  readonly session: string;
  readonly user: string;
  readonly programs: readonly Program[];
}

/** Status of a program that Ctrl-C ended: 128 + SIGINT. */
const INTERRUPTED = 130;

/** Commands of just-bash that depend on nothing but files and input. What tells time or reaches out is ours, or left out. */
const COMMANDS: CommandName[] = [
  'echo',
  'cat',
  'printf',
  'ls',
  'mkdir',
  'rmdir',
  'touch',
  'rm',
  'cp',
  'mv',
  'chmod',
  'pwd',
  'head',
  'tail',
  'wc',
  'stat',
  'grep',
  'fgrep',
  'egrep',
  'sed',
  'awk',
  'sort',
  'uniq',
  'comm',
  'cut',
  'paste',
  'tr',
  'rev',
  'nl',
  'fold',
  'strings',
  'column',
  'tee',
  'find',
  'basename',
  'dirname',
  'tree',
  'du',
  'env',
  'printenv',
  'alias',
  'unalias',
  'xargs',
  'true',
  'false',
  'bash',
  'sh',
  'base64',
  'diff',
  'seq',
  'expr',
  'md5sum',
  'sha1sum',
  'sha256sum',
  'file',
  'help',
  'which',
  'tac',
  'od',
];

export class Shell {
  /** Exported and other variables, as bash gives them back after each line. */
  private variables: Record<string, string>;
  private bash: Bash | undefined;
  /** Our program that runs inside just-bash now. */
  private running: RunningProgram | undefined;
  /** Ends the line that runs at its next command. */
  private abort: AbortController | undefined;
  /** Lets the clock go on; set while just-bash computes. */
  private release: (() => void) | undefined;
  private end: ((status: number) => void) | undefined;

  constructor(private readonly options: ShellOptions) {
    const { user, host } = options;
    const home = homeOf(user);
    this.variables = {
      HOME: home,
      USER: user,
      LOGNAME: user,
      HOSTNAME: host.id,
      PATH: '/usr/local/bin:/usr/bin:/bin',
      PWD: home,
      SHELL: '/bin/bash',
      TERM: 'xterm-256color',
      '?': '0',
    };
  }

  get cwd(): string {
    return this.variables['PWD'] ?? '/';
  }

  get home(): string {
    return this.variables['HOME'] ?? '/';
  }

  get env(): ReadonlyMap<string, string> {
    return new Map(Object.entries(this.variables));
  }

  /** Names that Tab completes as commands. */
  get commands(): readonly string[] {
    return [...new Set([...COMMANDS, 'cd', 'export', 'exit', ...this.options.programs.map(({ name }) => name)])].sort();
  }

  set status(status: number) {
    this.variables['?'] = `${status}`;
  }

  /**
   * Runs a line; `done` is called exactly once, from within the kernel's or the shell's own turn, with the clock held. It may run the
   * next line at once.
   */
  run(line: string, done: (outcome: ShellOutcome) => void): void {
    // While the library itself is loaded the clock stands too, but nothing of ours is drawn upon: only a page's first line loads it.
    const loaded = this.options.host.kernel.hold();
    const abort = new AbortController();
    this.abort = abort;
    void import('just-bash/browser')
      .then((library) => {
        this.compute();
        loaded();
        return this.execute(this.make(library), line, abort.signal);
      })
      .catch((error: unknown): ExecResult => {
        const message = error instanceof Error ? error.message : String(error);
        return { stdout: '', stderr: `bash: ${message}\n`, exitCode: 1 };
      })
      .then((result) => {
        // Released long ago, unless the library could not be loaded.
        loaded();
        const { release } = this;
        this.release = undefined;
        this.abort = undefined;
        done({
          output: textOf(result),
          errors: result.stderr,
          status: abort.signal.aborted ? INTERRUPTED : result.exitCode,
        });
        release?.();
      });
  }

  /** Ctrl-C: ends the program that runs, unless it wants to go on, and with it the line. */
  interrupt(): void {
    const { running } = this;
    if (running?.interrupt !== undefined) running.interrupt();
    else this.hangUp();
    if (this.running === undefined) this.abort?.abort();
  }

  /** The session was closed or the host lost power: ends the line and what runs in it. */
  hangUp(): void {
    this.running?.hangup?.();
    this.end?.(INTERRUPTED);
    this.abort?.abort();
  }

  /** Stops the clock, and gives just-bash the host's time and chance. */
  private compute(): void {
    if (this.release !== undefined) return;
    const { host } = this.options;
    const go = host.kernel.hold();
    const leave = enterVirtualGlobals(host);
    this.release = () => {
      leave();
      go();
    };
  }

  /** A program waits for the virtual world: lets it go on. */
  private wait(): void {
    this.release?.();
    this.release = undefined;
  }

  private async execute(bash: Bash, line: string, signal: AbortSignal): Promise<ExecResult> {
    // just-bash starts each script with status 0: a subshell brings the last one back.
    const script = line.includes('?') ? `(exit ${this.variables['?']})\n${line}` : line;
    const options = { env: this.variables, replaceEnv: true, cwd: this.cwd, rawScript: true, signal };
    const result = await bash.exec(script, options);
    this.variables = { ...result.env };
    return result;
  }

  private make({ Bash }: typeof import('just-bash/browser')): Bash {
    if (this.bash === undefined) {
      const { host, user } = this.options;
      this.bash = new Bash({
        fs: new DiskFileSystem(host.disk, user),
        commands: COMMANDS,
        customCommands: this.options.programs.map((program) => this.custom(program)),
        executionLimits: SHELL,
        // It would replace globals of the whole page or process; nothing here runs code of the user's as JavaScript.
        defenseInDepth: false,
      });
    }
    return this.bash;
  }

  /** One of our programs as a command of just-bash: its input is piped, its output is collected. */
  private custom(program: Program): CustomCommand {
    return {
      name: program.name,
      trusted: true,
      execute: (args, { stdin, cwd, env }) =>
        new Promise<ExecResult>((resolve) => {
          if (this.abort?.signal.aborted === true) {
            resolve({ stdout: '', stderr: '', exitCode: INTERRUPTED });
            return;
          }
          const { host, session, user } = this.options;
          const output: Uint8Array[] = [];
          let size = 0;
          let errors = '';
          let over = false;
          const exit = (status: number): void => {
            if (over) return;
            over = true;
            this.running = undefined;
            this.end = undefined;
            this.compute();
            resolve({ stdout: fromLatin1(concat(output)), stdoutKind: 'bytes', stderr: errors, exitCode: status });
          };
          const context: ProgramContext = {
            host,
            session,
            user,
            cwd,
            env,
            args,
            input: latin1(stdin as unknown as string),
            tty: undefined,
            write: (data) => {
              const bytes = typeof data === 'string' ? utf8(data) : data;
              if (size + bytes.length > MAX_PIPED) return;
              size += bytes.length;
              output.push(bytes);
            },
            error: (data) => {
              if (errors.length < MAX_PIPED) errors += data;
            },
            exit,
          };
          this.end = exit;
          const running = program.start(context);
          if (over) return;
          this.running = running;
          this.wait();
        }),
    };
  }
}

export function homeOf(user: string): string {
  return user === 'root' ? '/root' : `/home/${user}`;
}

function textOf({ stdout, stdoutKind, stdoutEncoding }: ExecResult): string {
  return stdoutKind === 'bytes' || stdoutEncoding === 'binary' ? fromUtf8(latin1(stdout)) : stdout;
}
