/** What terminals have shown, session by session, so that any of them can be put back to any moment. */
import type { TraceEntry } from '../core/index.ts';
import { Changes } from './changes.ts';

export interface SessionRecord {
  readonly id: string;
  readonly node: string;
  readonly title: string;
  readonly openedAt: number;
  closed: boolean;
  readonly output: Changes<string>;
}

export class Sessions {
  private readonly sessions = new Map<string, SessionRecord>();

  push(entry: TraceEntry): void {
    if (entry.type === 'session') {
      const known = this.sessions.get(entry.session);
      if (known !== undefined) known.closed = entry.state === 'closed';
      else {
        const { session: id, node, title, seq } = entry;
        this.sessions.set(id, { id, node, title, openedAt: seq, closed: false, output: new Changes() });
      }
    } else if (entry.type === 'terminal') {
      this.sessions.get(entry.session)?.output.set(entry.seq, entry.data);
    }
  }

  get(id: string): SessionRecord | undefined {
    return this.sessions.get(id);
  }

  /** Sessions open after the first `length` entries, in the order of their opening. */
  open(length: number): readonly SessionRecord[] {
    return [...this.sessions.values()].filter(({ openedAt, closed }) => openedAt < length && !closed);
  }
}
