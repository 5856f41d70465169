/**
 * The append-only trace: the single source of everything that is shown, graded or digested.
 * Entries are plain values (trace-entry.ts); payload octets are stored once and referenced by index.
 * A sink may take entries as they come and let the trace forget them, so that long runs need no memory.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from './bytes.ts';
import { utf8 } from './text.ts';
import type { EntryBody, NodeId, PayloadRef, TraceEntry } from './trace-entry.ts';
import type { Micros } from './units.ts';

/** Receives each entry as it is appended, with the payloads that it is the first to refer to. */
export interface TraceSink {
  entry(entry: TraceEntry): void;
  payload(ref: PayloadRef, bytes: Uint8Array): void;
}

export interface TraceOptions {
  /** Keep entries and payloads in memory (default true). With false, only sinks see them. */
  readonly keep?: boolean;
}

export class Trace {
  readonly entries: TraceEntry[] = [];
  readonly payloads: Uint8Array[] = [];
  private readonly sinks = new Set<TraceSink>();
  private readonly keep: boolean;
  private seq = 0;
  private refs = 0;

  constructor(
    private readonly clock: { readonly now: Micros },
    options: TraceOptions = {},
  ) {
    this.keep = options.keep ?? true;
  }

  /** Number of entries appended so far; the next one gets this as its `seq`. */
  get length(): number {
    return this.seq;
  }

  append(node: NodeId, body: EntryBody): TraceEntry {
    const entry = Object.assign({ seq: this.seq++, at: this.clock.now, node }, body) as TraceEntry;
    if (this.keep) this.entries.push(entry);
    for (const sink of this.sinks) sink.entry(entry);
    return entry;
  }

  /** Stores octets; the caller must not change them afterwards. */
  store(bytes: Uint8Array): PayloadRef {
    const ref = this.refs++;
    if (this.keep) this.payloads.push(bytes);
    for (const sink of this.sinks) sink.payload(ref, bytes);
    return ref;
  }

  /** Starts feeding `sink`; returns the function that stops it. */
  subscribe(sink: TraceSink): () => void {
    this.sinks.add(sink);
    return () => this.sinks.delete(sink);
  }

  /** SHA-256 of the canonical form, in hexadecimal. Needs a kept trace; see {@link DigestSink} for a streamed one. */
  digest(): string {
    const sink = new DigestSink();
    // The order in which payloads and entries interleave is irrelevant: they are hashed apart and joined at the end.
    for (const entry of this.entries) sink.entry(entry);
    for (const [ref, bytes] of this.payloads.entries()) sink.payload(ref, bytes);
    return sink.digest();
  }
}

/** Computes the digest of a trace as it is written. */
export class DigestSink implements TraceSink {
  private readonly entries = sha256.create();
  private readonly payloads = sha256.create();

  entry(entry: TraceEntry): void {
    this.entries.update(utf8(`${canonical(entry)}\n`));
  }

  payload(_ref: PayloadRef, bytes: Uint8Array): void {
    this.payloads.update(utf8(`${bytes.length}:`)).update(bytes);
  }

  /** May be read at any time; more may follow. */
  digest(): string {
    const both = sha256.create();
    both.update(this.entries.clone().digest()).update(this.payloads.clone().digest());
    return toHex(both.digest());
  }
}

/** JSON with keys in code-point order at every depth: the same value always gives the same text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>;
    const keys = Object.keys(record)
      .filter((key) => record[key] !== undefined)
      .sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
