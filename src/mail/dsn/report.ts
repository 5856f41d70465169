/**
 * Writes the report that tells a sender of undeliverable mail: multipart/report (RFC 3462) with a human part, a machine part
 * (RFC 3464) and the original's header. It is sent from `<>`, so that it can never cause another report (RFC 5321 §6.1).
 */
import { concat, latin1 } from '../../core/index.ts';
import { formatDate } from '../message/date.ts';
import { headerText } from '../message/header.ts';
import type { Failure } from '../queue/queue.ts';

export interface Report {
  readonly reportingHost: string;
  readonly sender: string;
  readonly failures: readonly Failure[];
  readonly original: Uint8Array;
  readonly messageId: string;
  readonly boundary: string;
  readonly date: number;
  readonly utcOffset: number;
  readonly arrived: number;
}

export function deliveryReport(report: Report): Uint8Array<ArrayBuffer> {
  const { reportingHost, boundary } = report;
  const date = formatDate(report.date, report.utcOffset);
  const head = [
    `Date: ${date}`,
    `From: Mail Delivery System <MAILER-DAEMON@${reportingHost}>`,
    `To: ${report.sender}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <${report.messageId}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary="${boundary}"`,
    '',
    'This is a MIME-encapsulated message.',
  ];
  const human = [
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `This is the mail system at host ${reportingHost}.`,
    '',
    'Your message could not be delivered to one or more recipients.',
    'Its header is attached below.',
    '',
    ...report.failures.map((f) => `<${f.address}>: ${f.expired ? 'gave up after repeated attempts: ' : ''}${f.reply}`),
    '',
  ];
  const machine = [
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${reportingHost}`,
    `Arrival-Date: ${formatDate(report.arrived, report.utcOffset)}`,
    ...report.failures.flatMap((f) => [
      '',
      `Final-Recipient: rfc822; ${f.address}`,
      'Action: failed',
      // RFC 3464 §2.3.4: an expired temporary failure is reported with its own 4.x.x code.
      `Status: ${f.status}`,
      ...(/^\d{3}/.test(f.reply) ? [`Diagnostic-Code: smtp; ${f.reply}`] : []),
    ]),
    '',
  ];
  const original = [`--${boundary}`, 'Content-Type: text/rfc822-headers', ''];
  const text = [...head, ...human, ...machine, ...original, ''].join('\r\n');
  return concat([latin1(text), latin1(headerText(report.original)), latin1(`\r\n--${boundary}--\r\n`)]);
}
