/**
 * Why octets are not a DNS message, or a text is not a record: causes as values. `reply` is the RCODE that a server
 * answers with; without a readable header (12 octets) there is nothing to answer.
 */
import { RCODE } from './messages.ts';

export type DnsFaultKind =
  | 'short-header'
  | 'short-record'
  | 'trailing-octets'
  | 'reserved-label'
  | 'forward-pointer'
  | 'name-too-long'
  | 'rdata-length'
  | 'bad-rdata'
  | 'duplicate-opt'
  | 'opt-misplaced';

export interface DnsFault {
  readonly kind: DnsFaultKind;
  /** What the rule wants, as a short token, and what was there. */
  readonly expected: string;
  readonly got: string;
  readonly rfc: string;
  /** Offset of the first wrong octet. */
  readonly offset: number;
  readonly reply: number;
}

export function dnsFault(kind: DnsFaultKind, offset: number, expected: string, got: string, rfc: string): DnsFault {
  return { kind, expected, got, rfc, offset, reply: RCODE.FORMERR };
}

/** Why a line of a zone cannot be a record. */
export type ZoneFaultKind = 'bad-name' | 'out-of-zone' | 'bad-data' | 'two-soas' | 'cname-and-other';

export interface ZoneFault {
  readonly kind: ZoneFaultKind;
  readonly zone: string;
  readonly name: string;
  readonly expected: string;
  readonly got: string;
  readonly rfc: string;
}
