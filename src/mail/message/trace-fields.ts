/** The trace fields that mail servers put on top of a message: Received and Return-Path (RFC 5321 §4.4). */
import { formatDate } from './date.ts';

export interface Received {
  /** What the client said in HELO/EHLO/LHLO. */
  readonly helo: string;
  readonly clientName?: string;
  readonly clientAddress: string;
  readonly by: string;
  /** RFC 3848: SMTP, ESMTP, ESMTPA, ESMTPS, LMTP … */
  readonly protocol: string;
  readonly id: string;
  /** Given when there is one recipient only: more would disclose Bcc (RFC 5321 §7.2). */
  readonly recipient?: string;
  readonly date: number;
  readonly utcOffset: number;
}

/** A folded Received field, ending in CR LF. */
export function receivedField(value: Received): string {
  const address = `[${value.clientAddress}]`;
  const seen = value.clientName === undefined ? address : `${value.clientName} ${address}`;
  const recipient = value.recipient === undefined ? '' : `\r\n\tfor <${value.recipient}>`;
  return `Received: from ${value.helo} (${seen})\r\n\tby ${value.by} (Estafeta) with ${value.protocol} id ${value.id}${recipient};\r\n\t${formatDate(value.date, value.utcOffset)}\r\n`;
}

/** Added once, at final delivery (RFC 5321 §4.4). */
export function returnPathField(reversePath: string): string {
  return `Return-Path: <${reversePath}>\r\n`;
}

/** How many Received fields a message's header already has: loop detection (RFC 5321 §6.3). */
export function countReceived(header: string): number {
  return header.split('\r\n').filter((line) => /^received:/i.test(line)).length;
}
