/** Which messages a command means: sequence numbers, or UIDs after `UID` (RFC 3501 §6.4.8). */
import type { MessageInfo } from '../asks.ts';
import { inUidSet, type SetRange } from '../reader.ts';
import type { Session } from '../session.ts';

export interface Chosen {
  /** Sequence number. */
  readonly number: number;
  readonly info: MessageInfo;
}

/** Numbers that do not exist are left out, as most servers do; the set's size costs nothing. */
export function chosen(session: Session, set: readonly SetRange[]): readonly Chosen[] {
  const { view, count, job } = session;
  const last = job.uid ? (view[count - 1]?.uid ?? 0) : count;
  const out: Chosen[] = [];
  for (let i = 0; i < count; i++) {
    const info = view[i] as MessageInfo;
    if (inUidSet(set, job.uid ? info.uid : i + 1, last)) out.push({ number: i + 1, info });
  }
  return out;
}
