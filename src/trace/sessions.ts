/** What terminals have shown, session by session, so that any of them can be put back to any moment. */
import type { TraceEntry } from '../core/index.ts';
import { Changes } from './changes.ts';

export interface SessionRecord {
  readonly id: string;
  readonly node: string;
  /** What its tab says now: a later `session` entry may change it. */
  title: string;
  readonly openedAt: number;
  /** Whether it is open, along the trace. */
  readonly state: Changes<'open' | 'closed'>;
  readonly output: Changes<string>;
}

export class Sessions {
  private readonly sessions = new Map<string, SessionRecord>();

  push(entry: TraceEntry): void {
    if (entry.type === 'session') {
      const { session: id, node, title, seq, state } = entry;
      let record = this.sessions.get(id);
      if (record === undefined) {
        record = { id, node, title, openedAt: seq, state: new Changes(), output: new Changes() };
        this.sessions.set(id, record);
      }
      record.title = title;
      record.state.set(seq, state);
    } else if (entry.type === 'terminal') {
      this.sessions.get(entry.session)?.output.set(entry.seq, entry.data);
    }
  }

  get(id: string): SessionRecord | undefined {
    return this.sessions.get(id);
  }

  /** Sessions open after the first `length` entries, in the order of their opening. */
  open(length: number): readonly SessionRecord[] {
    return [...this.sessions.values()].filter(({ state }) => state.at(length) === 'open');
  }
}
