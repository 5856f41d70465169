/** Runs a subject: gives it input in chunks, answers its questions, and notes what it did. */
import { concat, fromLatin1, statePath } from '../../src/core/index.ts';
import type { Effect } from '../../src/protocols/contract.ts';
import type { Session, Subject } from './subject.ts';

export interface RunOptions {
  /** Octets a chunk; 0: each element of the input as it is. */
  readonly chunk?: number;
  /** Saves, goes through JSON and restores before anything is told to the endpoint. */
  readonly restore?: boolean;
  /** `prompt` (default): answers after each chunk. `late`: only when all input has been given. `never`. */
  readonly host?: 'prompt' | 'late' | 'never';
}

/** An effect that can be compared and read. */
export type Noted =
  | Exclude<Effect, { type: 'send' }>
  | { readonly type: 'send'; readonly text: string; readonly pdu: unknown };

export class Run {
  readonly session: Session;
  readonly effects: Effect[] = [];
  /** Timers that run. */
  readonly timers = new Set<string>();
  readonly ended = { closed: false };
  private readonly asked: { readonly request: number; readonly what: { readonly kind: string } }[] = [];

  constructor(
    readonly subject: Subject,
    private readonly options: RunOptions = {},
  ) {
    this.session = subject.open();
    this.take(this.session.endpoint.start());
    this.settle();
  }

  get state(): string {
    return statePath(this.session.endpoint.snapshot.value);
  }

  get final(): boolean {
    return this.session.endpoint.snapshot.status === 'done';
  }

  /** Gives the input, cut as the options say. Returns what came of it. */
  give(input: readonly Uint8Array[]): readonly Effect[] {
    const before = this.effects.length;
    for (const piece of this.cut(input)) {
      this.reload();
      this.take(this.session.endpoint.receive(piece));
      if (this.options.host !== 'late') this.settle();
    }
    this.settle();
    return this.effects.slice(before);
  }

  peerClosed(): readonly Effect[] {
    return this.tell(() => this.session.endpoint.peerClosed());
  }

  timeout(timer: string): readonly Effect[] {
    this.timers.delete(timer);
    return this.tell(() => this.session.endpoint.timeout(timer));
  }

  get noted(): readonly Noted[] {
    return this.effects.map((effect) => {
      if (effect.type !== 'send') return effect;
      return { type: 'send', text: fromLatin1(effect.bytes), pdu: effect.pdu };
    });
  }

  private tell(what: () => readonly Effect[]): readonly Effect[] {
    const before = this.effects.length;
    this.reload();
    this.take(what());
    this.settle();
    return this.effects.slice(before);
  }

  private cut(input: readonly Uint8Array[]): readonly Uint8Array[] {
    const { chunk = 0 } = this.options;
    if (chunk === 0 || this.subject.datagram) return input;
    const whole = concat(input);
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < whole.length; at += chunk) pieces.push(whole.slice(at, at + chunk));
    return pieces;
  }

  private reload(): void {
    if (this.options.restore !== true) return;
    const saved = JSON.parse(JSON.stringify(this.session.endpoint.save()));
    this.session.endpoint = this.session.restore(saved);
  }

  private take(effects: readonly Effect[]): void {
    for (const effect of effects) {
      this.effects.push(effect);
      if (effect.type === 'timer') this.timers.add(effect.id);
      if (effect.type === 'cancel') this.timers.delete(effect.id);
      if (effect.type === 'close' || effect.type === 'abort') this.ended.closed = true;
      if (effect.type === 'ask') this.asked.push({ request: effect.request, what: effect.what });
    }
  }

  /** The host answers what it was asked, and what it is asked in turn. */
  private settle(): void {
    if (this.options.host === 'never') return;
    for (let next = this.asked.shift(); next !== undefined; next = this.asked.shift()) {
      this.reload();
      const effects = this.session.answer(next.request, next.what);
      if (effects !== undefined) this.take(effects);
    }
  }
}

/** All that a subject does with an input. */
export function run(subject: Subject, input: readonly Uint8Array[], options: RunOptions = {}): Run {
  const made = new Run(subject, options);
  made.give(input);
  return made;
}
