/** The fold behind the log pane: the lines of each node's log files, as they were written. */
import type { Micros, NodeId } from '../core/index.ts';
import type { Fold } from './fold.ts';
import { List, withKey } from './persistent-list.ts';

export interface LogLine {
  readonly seq: number;
  readonly at: Micros;
  readonly line: string;
}

export interface LogState {
  readonly node: NodeId;
  readonly file: string;
  readonly lines: List<LogLine>;
}

/** By `node:file`. */
export type LogsState = ReadonlyMap<string, LogState>;

export const logsFold: Fold<LogsState> = {
  initial: new Map(),
  reduce(state, entry) {
    if (entry.type !== 'log') return state;
    const { node, file, seq, at, line } = entry;
    const key = `${node}:${file}`;
    const lines = state.get(key)?.lines ?? List.empty<LogLine>();
    return withKey(state, key, { node, file, lines: lines.push({ seq, at, line }) });
  },
};
