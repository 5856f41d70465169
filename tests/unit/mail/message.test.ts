import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { fromLatin1, utf8 } from '../../../src/core/index.ts';
import {
  base64,
  bodyOffset,
  compose,
  countReceived,
  type Draft,
  deliveryReport,
  encodeHeaderText,
  field,
  formatDate,
  headerText,
  parseHeader,
  quotedPrintable,
  receivedField,
} from '../../../src/mail/index.ts';

const EPOCH = Date.UTC(2026, 2, 2, 8, 0, 2);

const draft: Draft = {
  from: 'Ana <ana@alba.example>',
  to: ['Bruno <bruno@brisa.example>'],
  subject: 'Nos vemos el jueves',
  body: 'Hola:\n¿Qué tal?\n.punto',
  date: EPOCH,
  utcOffset: 60,
  messageId: '1@pc-ana.alba.example',
};

describe('date-time (RFC 5322 §3.3)', () => {
  it.each([
    [EPOCH, 60, 'Mon, 2 Mar 2026 09:00:02 +0100'],
    [EPOCH, 0, 'Mon, 2 Mar 2026 08:00:02 +0000'],
    [EPOCH, -210, 'Mon, 2 Mar 2026 04:30:02 -0330'],
    [Date.UTC(2025, 11, 31, 23, 30), 120, 'Thu, 1 Jan 2026 01:30:00 +0200'],
  ])('%d at %d minutes is %s', (ms, offset, text) => {
    expect(formatDate(ms, offset)).toBe(text);
  });
});

describe('encoded words (RFC 2047)', () => {
  it('leaves ASCII alone', () => {
    expect(encodeHeaderText('plain')).toBe('plain');
  });

  it('keeps each word within 75 characters and splits between characters', () => {
    const words = encodeHeaderText('ñandú '.repeat(40)).split('\r\n ');
    expect(words.length).toBeGreaterThan(1);
    for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
  });

  it('is read back by an independent reader', async () => {
    const subject = 'Reunión el miércoles — ¿a las 10? 📬';
    const parsed = await PostalMime.parse(compose({ ...draft, subject }));
    expect(parsed.subject).toBe(subject);
  });
});

describe('base64 (RFC 4648 §10)', () => {
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foobar', 'Zm9vYmFy'],
  ])('of %j is %j', (text, coded) => {
    expect(base64(utf8(text))).toBe(coded);
  });
});

describe('quoted-printable (RFC 2045 §6.7)', () => {
  it('encodes non-ASCII, "=" and a blank at the end of a line', () => {
    expect(quotedPrintable('a=b\ncamión \nfin')).toBe('a=3Db\r\ncami=C3=B3n=20\r\nfin');
  });

  it('keeps lines within 76 characters by soft breaks', () => {
    for (const line of quotedPrintable('é'.repeat(200)).split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
  });
});

describe('composing', () => {
  it('round-trips through an independent reader, body and addresses included', async () => {
    const parsed = await PostalMime.parse(compose(draft));
    expect(parsed.from).toMatchObject({ name: 'Ana', address: 'ana@alba.example' });
    expect(parsed.to).toMatchObject([{ name: 'Bruno', address: 'bruno@brisa.example' }]);
    expect(parsed.text?.trimEnd()).toBe('Hola:\n¿Qué tal?\n.punto');
    expect(parsed.messageId).toBe('<1@pc-ana.alba.example>');
  });

  it('never lets a subject start another header', () => {
    const message = compose({ ...draft, subject: 'x\r\nBcc: all@brisa.example' });
    expect(field(message, 'bcc')).toBeUndefined();
    expect(field(message, 'subject')).toBe('x Bcc: all@brisa.example');
  });

  it('uses 7bit only for ASCII lines of at most 998 characters', () => {
    expect(field(compose({ ...draft, body: 'abc' }), 'content-transfer-encoding')).toBe('7bit');
    expect(field(compose({ ...draft, body: 'x'.repeat(999) }), 'content-transfer-encoding')).toBe('quoted-printable');
  });

  it('contains octets below 128 only, and CR LF line ends only', () => {
    const text = fromLatin1(compose({ ...draft, from: 'Begoña <b@alba.example>' }));
    expect(text).toMatch(/^[\x20-\x7e\t\r\n]*$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('reading a header', () => {
  const message = utf8('A: 1\r\nB: 2\r\n  3\r\nbroken\r\nReceived: x\r\nReceived: y\r\n\r\nbody: not a field\r\n');

  it('gives fields in order with their octets, unfolded', () => {
    expect(parseHeader(message).map(({ name, value }) => [name, value])).toEqual([
      ['A', '1'],
      ['B', '2  3'],
      ['Received', 'x'],
      ['Received', 'y'],
    ]);
    const b = parseHeader(message)[1];
    expect(fromLatin1(message.subarray(b?.start, b?.end))).toBe('B: 2\r\n  3\r\n');
  });

  it('finds the body after the blank line, and none where there is no blank line', () => {
    expect(fromLatin1(message.subarray(bodyOffset(message)))).toBe('body: not a field\r\n');
    expect(bodyOffset(utf8('A: 1\r\n'))).toBe(6);
    expect(bodyOffset(utf8('\r\nbody'))).toBe(2);
  });

  it('counts hops by Received fields', () => {
    expect(countReceived(headerText(message))).toBe(2);
  });
});

describe('trace fields (RFC 5321 §4.4)', () => {
  it('folds a Received field and names a single recipient', () => {
    const value = receivedField({
      helo: 'pc-ana',
      clientAddress: '192.0.2.10',
      by: 'smtp.alba.example',
      protocol: 'ESMTP',
      id: '3F01',
      recipient: 'bruno@brisa.example',
      date: EPOCH,
      utcOffset: 60,
    });
    expect(value).toBe(
      'Received: from pc-ana ([192.0.2.10])\r\n\tby smtp.alba.example (Estafeta) with ESMTP id 3F01\r\n\tfor <bruno@brisa.example>;\r\n\tMon, 2 Mar 2026 09:00:02 +0100\r\n',
    );
  });
});

describe('delivery report (RFC 3464)', () => {
  it('is a multipart/report that names recipient, status and the reply', async () => {
    const report = deliveryReport({
      reportingHost: 'smtp.alba.example',
      sender: 'ana@alba.example',
      failures: [{ address: 'nadie@brisa.example', reply: '550 5.1.1 User unknown', status: '5.1.1', expired: false }],
      original: compose(draft),
      messageId: '2@smtp.alba.example',
      boundary: 'b/1',
      date: EPOCH,
      utcOffset: 60,
      arrived: EPOCH,
    });
    const text = fromLatin1(report);
    expect(text).toContain('Final-Recipient: rfc822; nadie@brisa.example\r\nAction: failed\r\nStatus: 5.1.1\r\n');
    expect(text).toContain('Diagnostic-Code: smtp; 550 5.1.1 User unknown');
    expect(text).toContain('Subject: Nos vemos el jueves');
    expect(text.endsWith('\r\n--b/1--\r\n')).toBe(true);
    const parsed = await PostalMime.parse(report);
    expect(parsed.text).toContain('could not be delivered');
  });
});
