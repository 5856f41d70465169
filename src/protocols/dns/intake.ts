/**
 * What a server reads first of any message, whatever its role: octets cut into messages, and each message judged as
 * query, garbage, unsupported or to be ignored. Shared by the authoritative and the recursive endpoint.
 */
import { EMPTY, fromLatin1, latin1, type StreamRange } from '../../core/index.ts';
import type { Json } from '../contract.ts';
import { type MessageHeader, parse, TcpFraming } from './codec/index.ts';
import type { DnsFault } from './errors.ts';
import { EDNS_PAYLOAD, TCP_MESSAGE, UDP_PAYLOAD } from './limits.ts';
import { type Edns, type Message, makeQuery, makeResponse, OPCODE_QUERY, type Question, RCODE } from './messages.ts';

export type Transport = 'udp' | 'tcp';

export interface Arrival {
  readonly bytes: Uint8Array;
  readonly range: StreamRange;
}

/** Messages out of datagrams or a stream, in order; those that wait survive saving. */
export class Intake {
  private readonly framing = new TcpFraming();
  private datagrams: Uint8Array[] = [];

  constructor(private readonly transport: Transport) {}

  push(bytes: Uint8Array): void {
    if (this.transport === 'tcp') this.framing.push(bytes);
    else this.datagrams.push(bytes);
  }

  /** Octets, or datagrams, that wait. */
  get waiting(): number {
    return this.transport === 'tcp' ? this.framing.pending.length : this.datagrams.length;
  }

  next(): Arrival | undefined {
    if (this.transport === 'udp') {
      const bytes = this.datagrams.shift();
      return bytes === undefined ? undefined : { bytes, range: { from: 0, to: bytes.length } };
    }
    const from = this.framing.offset;
    const bytes = this.framing.next();
    return bytes === undefined ? undefined : { bytes, range: { from, to: this.framing.offset } };
  }

  save(): Json {
    return {
      pending: fromLatin1(this.framing.pending),
      offset: this.framing.offset,
      datagrams: this.datagrams.map(fromLatin1),
    };
  }

  restore(saved: Json): void {
    const state = saved as { pending?: string; offset?: number; datagrams?: readonly string[] };
    this.framing.restore(state.pending === undefined ? EMPTY : latin1(state.pending), state.offset ?? 0);
    this.datagrams = (state.datagrams ?? []).map(latin1);
  }
}

/** What a message is to a server. `reply` is ready where no look-up is needed. */
export type Judgement =
  | { readonly event: 'QUERY'; readonly query: Message; readonly question: Question }
  | { readonly event: 'MALFORMED'; readonly reply: Message; readonly fault: DnsFault | undefined }
  | { readonly event: 'UNSUPPORTED' | 'BAD_VERSION'; readonly reply: Message }
  /** Never to be answered: a response, or too short to have an id. */
  | { readonly event: 'IGNORED'; readonly fault: DnsFault | undefined };

export function judge(bytes: Uint8Array): Judgement & { readonly message: Message | undefined } {
  const parsed = parse(bytes);
  if (!parsed.ok) {
    const { header, fault } = parsed;
    if (header === undefined || header.response) return { event: 'IGNORED', fault, message: undefined };
    // The header says it all: other operations have bodies that we need not understand (RFC 2136, RFC 1996).
    if (header.opcode !== OPCODE_QUERY) {
      return { event: 'UNSUPPORTED', reply: bare(header, RCODE.NOTIMP), message: undefined };
    }
    return { event: 'MALFORMED', reply: bare(header, fault.reply), fault, message: undefined };
  }
  const { message } = parsed;
  if (message.response) return { event: 'IGNORED', fault: undefined, message };
  if (message.opcode !== OPCODE_QUERY) {
    return { event: 'UNSUPPORTED', reply: makeResponse(message, { rcode: RCODE.NOTIMP }), message };
  }
  const question = message.questions[0];
  // RFC 9619 §4: a query has exactly one question.
  if (question === undefined || message.questions.length > 1) {
    return { event: 'MALFORMED', reply: bare(message, RCODE.FORMERR), fault: undefined, message };
  }
  if (message.edns !== undefined && message.edns.version > 0) {
    const reply = makeResponse(message, { rcode: RCODE.BADVERS, edns: ownEdns(message.edns) });
    return { event: 'BAD_VERSION', reply, message };
  }
  return { event: 'QUERY', query: message, question, message };
}

/** A response without question, to what could not be read beyond its header. */
function bare(header: MessageHeader, rcode: number): Message {
  const query = makeQuery(header.id, { name: '.', type: 0, class: 0 }, { recursionDesired: header.rd });
  return { ...makeResponse({ ...query, opcode: header.opcode }, { rcode }), questions: [] };
}

/** RFC 6891 §6.1.1: a response has an OPT when the query had one. */
export function ownEdns(theirs: Edns): Edns {
  return { udpSize: EDNS_PAYLOAD, version: 0, dnssecOk: theirs.dnssecOk, options: '' };
}

/** Octets that a response to `query` may have (RFC 1035 §4.2.1, RFC 6891 §6.2.3 and §6.2.5). */
export function sizeLimit(query: Message | undefined, transport: Transport): number {
  if (transport === 'tcp') return TCP_MESSAGE;
  const theirs = query?.edns?.udpSize ?? UDP_PAYLOAD;
  return Math.min(Math.max(theirs, UDP_PAYLOAD), EDNS_PAYLOAD);
}
