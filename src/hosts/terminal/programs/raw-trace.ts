/**
 * The trace of what a person types into a raw connection and reads from it, line by line. The protocol's own endpoint at the other end
 * parses the same octets; here they are only text (`raw`).
 */
import { type ConnectionId, type EndpointId, fromUtf8, type Pdu } from '../../../core/index.ts';
import type { Host } from '../../host.ts';

const SHOWN = 300;
/** A line longer than this is shown in pieces. */
const MAX_LINE = 8192;
const LF = 10;

export class RawTrace {
  private readonly endpoint: EndpointId;
  private sent = 0;
  private received = 0;
  /** The line being received: its octets so far. */
  private partial: number[] = [];

  constructor(
    private readonly host: Host,
    program: string,
  ) {
    this.endpoint = host.endpointId(program);
  }

  /** To be called just before the octets are written, so that the PDU comes before the frames that carry it. */
  sending(conn: ConnectionId, bytes: Uint8Array): void {
    const range = { from: this.sent, to: this.sent + bytes.length };
    this.sent = range.to;
    this.host.trace({ type: 'pdu-sent', conn, endpoint: this.endpoint, pdu: pduOf(fromUtf8(bytes), 'command'), range });
  }

  receiving(conn: ConnectionId, bytes: Uint8Array): void {
    for (const octet of bytes) {
      this.received++;
      this.partial.push(octet);
      if (octet === LF || this.partial.length >= MAX_LINE) this.flush(conn);
    }
  }

  /** What is left when the stream ends. */
  flush(conn: ConnectionId): void {
    const { length } = this.partial;
    if (length === 0) return;
    const pdu = pduOf(fromUtf8(Uint8Array.from(this.partial)), 'reply');
    this.partial = [];
    const range = { from: this.received - length, to: this.received };
    this.host.trace({ type: 'pdu-received', conn, endpoint: this.endpoint, pdu, range });
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it takes out
const CONTROLS = /[\x00-\x1f\x7f]/g;

function pduOf(text: string, kind: Pdu['kind']): Pdu {
  const line = text
    .replace(/\r?\n$/, '')
    .slice(0, SHOWN)
    .replace(CONTROLS, '·');
  const space = line.indexOf(' ');
  const verb = space < 0 ? line : line.slice(0, space);
  return verb.length > 12
    ? { protocol: 'raw', kind, verb: '', args: line }
    : { protocol: 'raw', kind, verb, args: space < 0 ? '' : line.slice(space + 1) };
}
