/**
 * A protocol data unit as people talk about it: one command, reply, query, response or block of data.
 * It is what ladders, frame labels, transcripts and goals show and match; the octets stay in the trace's frames.
 */

export type ProtocolId = 'smtp' | 'lmtp' | 'pop3' | 'imap' | 'dns' | 'telnet' | 'ssh' | 'tls' | 'rfb' | 'x11' | 'raw';

export type PduKind = 'greeting' | 'command' | 'reply' | 'continuation' | 'data' | 'query' | 'response';

export interface Pdu {
  readonly protocol: ProtocolId;
  readonly kind: PduKind;
  /** The label as the RFC spells it: `RCPT TO`, `250`, `+OK`, `a1 SELECT`'s `SELECT`, `MX?`. At most ~12 characters. */
  readonly verb: string;
  /** The arguments or text after the verb, printable, without the line end; long data is cut with `…`. */
  readonly args: string;
  /** Numeric reply code where the protocol has one (SMTP 250, DNS RCODE). */
  readonly code?: number;
  /** RFC 3463 enhanced status code, for example `5.1.1`. */
  readonly enhanced?: string;
  /** IMAP tag, DNS id …: what pairs a reply with its command. */
  readonly tag?: string;
  /** True for a reply that refuses or reports an error (4xx, 5xx, -ERR, NO, BAD, NXDOMAIN, SERVFAIL). */
  readonly negative?: boolean;
}

/** Octet range [from, to) in the sender's half of a connection's stream; for UDP, in the datagram. */
export interface StreamRange {
  readonly from: number;
  readonly to: number;
}
