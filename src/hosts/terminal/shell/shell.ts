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
  private interrupted = false;
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

  /** Runs a line; `done` is called exactly once, from within the kernel's or the shell's own turn, with the clock held. */
  run(line: string, done: (outcome: ShellOutcome) => void): void {
    const { host } = this.options;
    this.release = host.kernel.hold();
    this.interrupted = false;
    void this.execute(this.fixed(line))
      .catch((error: unknown): ExecResult => {
        const message = error instanceof Error ? error.message : String(error);
        return { stdout: '', stderr: `bash: ${message}\n`, exitCode: 1 };
      })
      .then((result) => {
        done({ output: textOf(result), errors: result.stderr, status: this.interrupted ? 130 : result.exitCode });
        this.release?.();
        this.release = undefined;
      });
  }

  /** Ctrl-C: ends the program that runs, and with it the line. */
  interrupt(): void {
    this.interrupted = true;
    const { running, end } = this;
    if (running?.interrupt !== undefined) running.interrupt();
    else {
      running?.hangup?.();
      end?.(130);
    }
  }

  private async execute(line: string): Promise<ExecResult> {
    const bash = await this.load();
    const result = await bash.exec(line, { env: this.variables, replaceEnv: true, cwd: this.cwd, rawScript: true });
    this.variables = { ...result.env };
    return result;
  }

  private async load(): Promise<Bash> {
    if (this.bash === undefined) {
      const { Bash } = await import('just-bash/browser');
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

  /** Variables that would tell real time or real chance are filled in from the virtual world. */
  private fixed(line: string): string {
    const { host } = this.options;
    return line
      .replace(/\$(?:RANDOM\b|\{RANDOM\})/g, () => `${host.random.integer(0, 32_767)}`)
      .replace(/\$(?:SECONDS\b|\{SECONDS\})/g, () => `${Math.floor(host.kernel.now / 1_000_000)}`)
      .replace(/\$(?:EPOCHSECONDS\b|\{EPOCHSECONDS\})/g, () => `${Math.floor(host.wallClock / 1000)}`);
  }

  /** One of our programs as a command of just-bash: its input is piped, its output is collected. */
  private custom(program: Program): CustomCommand {
    return {
      name: program.name,
      trusted: true,
      execute: (args, { stdin, cwd, env }) =>
        new Promise<ExecResult>((resolve) => {
          if (this.interrupted) {
            resolve({ stdout: '', stderr: '', exitCode: 130 });
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
            this.release ??= host.kernel.hold();
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
          // The program waits for the virtual world: let it go on.
          this.release?.();
          this.release = undefined;
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
