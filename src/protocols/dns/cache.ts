/**
 * What a recursive server remembers (RFC 1034 §5.3.3, RFC 2181 §5.4.1, RFC 2308 §5): record sets, that a name or a type
 * does not exist, and that a resolution failed, each until its TTL has passed in virtual time. Bounded; oldest goes first.
 * The clock is passed in. Knows nothing of messages.
 */
import { type Micros, SECOND } from '../../core/index.ts';
import { CACHE_ENTRIES, CACHE_TTL, FAILURE_TTL, NEGATIVE_TTL, RECORDS_PER_SET } from './limits.ts';
import { type ResourceRecord, recordType, type SoaRecord } from './messages.ts';
import { nameKey } from './name.ts';

/** How far data is to be believed (RFC 2181 §5.4.1): never replaced by lower, and only answers are given to clients. */
export const RANK = { glue: 0, referral: 1, answer: 2 } as const;
export type Rank = (typeof RANK)[keyof typeof RANK];

export type CacheHit =
  | { readonly kind: 'records'; readonly records: readonly ResourceRecord[]; readonly ttl: number }
  | { readonly kind: 'nodata' | 'nxdomain'; readonly soa: SoaRecord; readonly ttl: number }
  | { readonly kind: 'failure'; readonly ttl: number };

type Stored = { readonly expires: Micros; readonly rank: Rank } & (
  | { readonly kind: 'records'; readonly records: readonly ResourceRecord[] }
  | { readonly kind: 'nodata' | 'nxdomain'; readonly soa: SoaRecord }
  | { readonly kind: 'failure' }
);

/** One line of what a cache holds, for views and `rndc dumpdb`. */
export interface CacheLine {
  readonly name: string;
  readonly type: number | undefined;
  readonly kind: Stored['kind'];
  readonly ttl: number;
  readonly records: readonly ResourceRecord[];
}

/** Is told what enters and what answers a client: the host writes its trace from it. */
export type CacheObserver = (
  name: string,
  type: number | undefined,
  kind: Stored['kind'],
  ttl: number,
  records: readonly ResourceRecord[],
) => void;

export interface CacheOptions {
  readonly entries?: number;
  readonly stored?: CacheObserver;
  readonly hit?: CacheObserver;
}

export class Cache {
  private readonly store = new Map<string, Stored>();
  private readonly limit: number;

  constructor(
    private readonly clock: { readonly now: Micros },
    private readonly options: CacheOptions = {},
  ) {
    this.limit = options.entries ?? CACHE_ENTRIES;
  }

  get size(): number {
    return this.store.size;
  }

  clear(): void {
    this.store.clear();
  }

  /** What is known of (name, type), at least as credible as `rank`. Record TTLs are what is left of them. */
  get(name: string, type: number, rank: Rank): CacheHit | undefined {
    const key = nameKey(name);
    // RFC 2308 §5: that a name does not exist is known for every type.
    const stored = this.live(`*/${key}`) ?? this.live(`${type}/${key}`);
    if (stored === undefined || stored.rank < rank) return undefined;
    const ttl = Math.floor((stored.expires - this.clock.now) / SECOND);
    if (rank === RANK.answer) {
      this.options.hit?.(name, type, stored.kind, ttl, stored.kind === 'records' ? stored.records : []);
    }
    if (stored.kind === 'records') {
      return { kind: 'records', ttl, records: stored.records.map((record) => ({ ...record, ttl })) };
    }
    return stored.kind === 'failure'
      ? { kind: 'failure', ttl }
      : { kind: stored.kind, soa: { ...stored.soa, ttl }, ttl };
  }

  /** Keeps a set: records of one owner, type and class. The smallest TTL counts for all (RFC 2181 §5.2). */
  putRecords(set: readonly ResourceRecord[], rank: Rank): void {
    const first = set[0];
    if (first === undefined) return;
    let ttl = CACHE_TTL;
    for (const record of set) ttl = Math.min(ttl, record.ttl);
    const records = set.length > RECORDS_PER_SET ? set.slice(0, RECORDS_PER_SET) : set;
    this.put(first.name, recordType(first), ttl, { kind: 'records', records, rank, expires: this.until(ttl) });
  }

  /** Keeps that the name (`nxdomain`) or this type of it (`nodata`) does not exist; the SOA's TTL and MINIMUM say how long. */
  putNegative(kind: 'nxdomain' | 'nodata', name: string, type: number, soa: SoaRecord): void {
    const ttl = Math.min(soa.ttl, soa.minimum, NEGATIVE_TTL);
    this.put(name, kind === 'nxdomain' ? undefined : type, ttl, {
      kind,
      soa,
      rank: RANK.answer,
      expires: this.until(ttl),
    });
  }

  /** Keeps that resolving failed (RFC 9520), so that a client's impatience is not passed on. */
  putFailure(name: string, type: number): void {
    this.put(name, type, FAILURE_TTL, { kind: 'failure', rank: RANK.answer, expires: this.until(FAILURE_TTL) });
  }

  /** Everything alive, in order of arrival. */
  lines(): readonly CacheLine[] {
    const out: CacheLine[] = [];
    for (const [key, stored] of this.store) {
      if (stored.expires <= this.clock.now) continue;
      const slash = key.indexOf('/');
      out.push({
        name: key.slice(slash + 1),
        type: key.startsWith('*') ? undefined : Number(key.slice(0, slash)),
        kind: stored.kind,
        ttl: Math.floor((stored.expires - this.clock.now) / SECOND),
        records: stored.kind === 'records' ? stored.records : [],
      });
    }
    return out;
  }

  private put(name: string, type: number | undefined, ttl: number, stored: Stored): void {
    // RFC 1035 §3.2.1: zero means for this transaction only.
    if (ttl <= 0) return;
    const key = `${type ?? '*'}/${nameKey(name)}`;
    const old = this.live(key);
    if (old !== undefined && old.rank > stored.rank) return;
    // A failure must not hide what is still known.
    if (old !== undefined && stored.kind === 'failure') return;
    this.store.delete(key);
    if (this.store.size >= this.limit) {
      const oldest = this.store.keys().next();
      if (oldest.done !== true) this.store.delete(oldest.value);
    }
    this.store.set(key, stored);
    this.options.stored?.(name, type, stored.kind, ttl, stored.kind === 'records' ? stored.records : []);
  }

  private live(key: string): Stored | undefined {
    const stored = this.store.get(key);
    if (stored === undefined) return undefined;
    if (stored.expires > this.clock.now) return stored;
    this.store.delete(key);
    return undefined;
  }

  private until(ttl: number): Micros {
    return this.clock.now + ttl * SECOND;
  }
}
