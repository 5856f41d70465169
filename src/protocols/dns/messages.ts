/**
 * DNS messages as values (RFC 1035 §4): what the codec parses and emits, and what every other file here speaks of.
 * Records are plain JSON-able data. Names are in presentation form without the final dot (`brisa.example`), the root is
 * `.`; see name.ts. Octet strings (TXT, opaque RDATA) are Latin-1 or hexadecimal text, one character or pair an octet.
 */

/** The record types spelt out here; others travel as `OPAQUE` (RFC 3597). */
export const RR_TYPES = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28 } as const;
export type RrType = keyof typeof RR_TYPES;

/** RFC 6891 §6.1.1. */
export const OPT = 41;
/** RFC 5936 §2. */
export const AXFR = 252;
/** RFC 1035 §3.2.3: every type; RFC 8482 on answering it. */
export const ANY = 255;

/** The Internet class (RFC 1035 §3.2.4). */
export const CLASS_IN = 1;

const TYPE_NAMES = new Map<number, string>([
  ...Object.entries(RR_TYPES).map(([name, number]) => [number, name] as const),
  [OPT, 'OPT'],
  [AXFR, 'AXFR'],
  [ANY, 'ANY'],
]);
const TYPE_NUMBERS = new Map([...TYPE_NAMES].map(([number, name]) => [name, number]));

/** Mnemonic of a type number: `MX`; for an unknown one `TYPE65280` (RFC 3597 §5). */
export function typeName(type: number): string {
  return TYPE_NAMES.get(type) ?? `TYPE${type}`;
}

/** Number of a mnemonic, in any case; `undefined` when there is none. */
export function typeNumber(name: string): number | undefined {
  const upper = name.toUpperCase();
  const known = TYPE_NUMBERS.get(upper);
  if (known !== undefined) return known;
  const generic = /^TYPE(\d{1,5})$/.exec(upper);
  const number = generic === null ? Number.NaN : Number(generic[1]);
  return number <= 0xffff ? number : undefined;
}

/** RFC 1035 §4.1.1 and RFC 6891 §9 (BADVERS). */
export const RCODE = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, BADVERS: 16 } as const;
export type Rcode = (typeof RCODE)[keyof typeof RCODE];

const RCODE_NAMES = new Map<number, string>(Object.entries(RCODE).map(([name, number]) => [number, name]));

export function rcodeName(rcode: number): string {
  return RCODE_NAMES.get(rcode) ?? `RCODE${rcode}`;
}

/** RFC 1035 §4.1.1; the other operations are answered with NOTIMP. */
export const OPCODE_QUERY = 0;

export interface Question {
  readonly name: string;
  /** Type number, so that unknown types can be asked for. */
  readonly type: number;
  readonly class: number;
}

interface RrCommon {
  readonly name: string;
  readonly class: number;
  /** Seconds (RFC 2181 §8: 0 to 2^31-1). */
  readonly ttl: number;
}

export interface ARecord extends RrCommon {
  readonly type: 'A' | 'AAAA';
  readonly address: string;
}
export interface NameRecord extends RrCommon {
  readonly type: 'NS' | 'CNAME' | 'PTR';
  readonly target: string;
}
export interface MxResourceRecord extends RrCommon {
  readonly type: 'MX';
  readonly preference: number;
  readonly exchange: string;
}
export interface TxtRecord extends RrCommon {
  readonly type: 'TXT';
  /** The character-strings, one Latin-1 character an octet, up to 255 each. */
  readonly strings: readonly string[];
}
export interface SoaRecord extends RrCommon {
  readonly type: 'SOA';
  readonly mname: string;
  readonly rname: string;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  /** RFC 2308 §4: the TTL of negative answers. */
  readonly minimum: number;
}
/** A type this code does not look into (RFC 3597). */
export interface OpaqueRecord extends RrCommon {
  readonly type: 'OPAQUE';
  readonly number: number;
  /** RDATA in hexadecimal. */
  readonly data: string;
}

export type ResourceRecord = ARecord | NameRecord | MxResourceRecord | TxtRecord | SoaRecord | OpaqueRecord;

/** The OPT pseudo-record (RFC 6891 §6.1), kept out of the additional section. */
export interface Edns {
  /** Largest UDP payload that the sender can take. */
  readonly udpSize: number;
  readonly version: number;
  /** DNSSEC OK (RFC 3225); carried, not acted upon. */
  readonly dnssecOk: boolean;
  /** Options as hexadecimal; carried, not acted upon. */
  readonly options: string;
}

export interface Message {
  readonly id: number;
  /** QR. */
  readonly response: boolean;
  readonly opcode: number;
  readonly aa: boolean;
  readonly tc: boolean;
  readonly rd: boolean;
  readonly ra: boolean;
  /** RFC 4035 §3.2.3 and §3.2.2; carried, not acted upon. */
  readonly ad: boolean;
  readonly cd: boolean;
  /** Twelve bits when EDNS is present (RFC 6891 §6.1.3), otherwise four. */
  readonly rcode: number;
  readonly questions: readonly Question[];
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
  readonly edns?: Edns;
}

const NONE: readonly ResourceRecord[] = [];

export interface QueryOptions {
  readonly recursionDesired?: boolean;
  readonly edns?: Edns;
}

/** A standard query. `name` must be valid (name.ts). */
export function makeQuery(id: number, question: Question, options: QueryOptions = {}): Message {
  return {
    id,
    response: false,
    opcode: OPCODE_QUERY,
    aa: false,
    tc: false,
    rd: options.recursionDesired ?? true,
    ra: false,
    ad: false,
    cd: false,
    rcode: RCODE.NOERROR,
    questions: [question],
    answers: NONE,
    authorities: NONE,
    additionals: NONE,
    ...(options.edns === undefined ? {} : { edns: options.edns }),
  };
}

export interface ResponseParts {
  readonly rcode: number;
  readonly aa?: boolean;
  readonly ra?: boolean;
  readonly answers?: readonly ResourceRecord[];
  readonly authorities?: readonly ResourceRecord[];
  readonly additionals?: readonly ResourceRecord[];
  readonly edns?: Edns;
}

/** A response to `query`: id, opcode, RD and question are copied (RFC 1035 §4.1.1). */
export function makeResponse(query: Message, parts: ResponseParts): Message {
  return {
    id: query.id,
    response: true,
    opcode: query.opcode,
    aa: parts.aa ?? false,
    tc: false,
    rd: query.rd,
    ra: parts.ra ?? false,
    ad: false,
    cd: query.cd,
    rcode: parts.rcode,
    questions: query.questions,
    answers: parts.answers ?? NONE,
    authorities: parts.authorities ?? NONE,
    additionals: parts.additionals ?? NONE,
    ...(parts.edns === undefined ? {} : { edns: parts.edns }),
  };
}

/** Type number of a record. */
export function recordType(record: ResourceRecord): number {
  return record.type === 'OPAQUE' ? record.number : RR_TYPES[record.type];
}
