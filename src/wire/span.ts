/** Annotation of octets as data: what a parser read where. The UI highlights and explains from these. */

export interface Span {
  /** Offset of the first octet. */
  readonly start: number;
  /** Offset after the last octet. */
  readonly end: number;
  /** Catalogue key of the field: `ipv4.ttl`. Never a sentence. */
  readonly label: string;
  /** The value as people write it: `64`, `192.0.2.25`. */
  readonly value: string;
  /** `RFC#section`: `791#3.1`. */
  readonly rfc?: string;
  readonly children?: readonly Span[];
}
