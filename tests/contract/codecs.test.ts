/** emit∘parse is the identity, for each protocol that parses what it emits; and no parser fails on any octets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, fromLatin1, latin1 } from '../../src/core/index.ts';
import { frame, TcpFraming } from '../../src/protocols/dns/codec/index.ts';
import { emit as emitDns, parse as parseDns } from '../../src/protocols/dns/index.ts';
import { mailboxName, nstring } from '../../src/protocols/imap/emit.ts';
import { ArgumentReader } from '../../src/protocols/imap/reader.ts';
import * as pop3 from '../../src/protocols/pop3/index.ts';
import { ContentReader, prepareContent } from '../../src/protocols/smtp/content.ts';
import * as smtp from '../../src/protocols/smtp/index.ts';
import { emitParams, parseParams } from '../../src/protocols/smtp/params.ts';
import { fromBase64, toBase64 } from '../../src/protocols/smtp/sasl/index.ts';
import { message } from '../unit/protocols/dns/arbitrary.ts';

const text = (from: number, to: number, maxLength: number) =>
  fc.string({ unit: fc.integer({ min: from, max: to }).map((code) => String.fromCharCode(code)), maxLength });
const printable = (maxLength: number) => text(32, 126, maxLength);
const octets = fc.uint8Array({ maxLength: 600 });
const verb = fc.constantFrom('EHLO', 'MAIL', 'RCPT', 'NOOP', 'TOP', 'UIDL');
const withoutEnd = (line: Uint8Array) => line.subarray(0, -2);

describe('SMTP', () => {
  it('commands', () => {
    const argument = printable(300).map((said) => said.trimEnd());
    fc.assert(
      fc.property(verb, argument, (name, said) => {
        const command = { verb: name, argument: said };
        expect(smtp.parseCommand(withoutEnd(smtp.emitCommand(command)))).toEqual(command);
      }),
    );
  });

  it('replies of any number of lines, with and without enhanced code', () => {
    const line = printable(200).filter((said) => !/^[245]\.\d{1,3}\.\d{1,3}( |$)/.test(said));
    const reply = fc
      .tuple(
        fc.constantFrom(2, 4, 5),
        fc.integer({ min: 0, max: 59 }),
        fc.boolean(),
        fc.array(line, { minLength: 1, maxLength: 9 }),
      )
      .map(([kind, rest, enhanced, said]) => ({
        code: kind * 100 + rest,
        ...(enhanced ? { enhanced: `${kind}.1.${rest}` } : {}),
        lines: said,
      }));
    fc.assert(
      fc.property(reply, (value) => {
        const parsed = fromLatin1(smtp.emitReply(value))
          .split('\r\n')
          .slice(0, -1)
          .map((said) => smtp.parseReplyLine(latin1(said)));
        expect(parsed.map((one) => one?.more)).toEqual(value.lines.map((_, i) => i < value.lines.length - 1));
        expect(smtp.replyOf(parsed.filter((one) => one !== undefined))).toEqual(value);
      }),
    );
  });

  it('parameters', () => {
    const key = fc.constantFrom('SIZE', 'BODY', 'RET', 'ENVID', 'X-1');
    const value = fc.oneof(
      fc.constant(true as const),
      text(33, 126, 20).map((said) => `${said.replaceAll('=', '')}x`),
    );
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (params) => {
        expect(parseParams(emitParams(params), 0)).toMatchObject({ ok: true, value: params });
      }),
    );
  });

  it('messages, made ready for the wire and cut anywhere', () => {
    const piece = fc.constantFrom('.', '..', '\r\n', '\r\n.\r\n', 'a', '.b\r\n', ' ', 'x'.repeat(70));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 50 }), (pieces, chunk) => {
        const content = pieces.join('');
        const { wire, size } = prepareContent(latin1(content));
        const reader = new ContentReader({ maxSize: 100_000, eightBit: false });
        let end = -1;
        for (let at = 0; at < wire.length; at += chunk) end = reader.feed(wire.subarray(at, at + chunk), 0);
        const whole = content === '' || content.endsWith('\r\n') ? content : `${content}\r\n`;
        expect(end).toBeGreaterThan(0);
        expect(reader.fault).toBeUndefined();
        expect(fromLatin1(reader.message)).toBe(whole);
        expect([reader.size, reader.onWire]).toEqual([size, wire.length]);
      }),
    );
  });

  it('Base64', () => {
    fc.assert(
      fc.property(text(0, 255, 100), (said) => {
        expect(fromBase64(toBase64(said))).toBe(said);
      }),
    );
    fc.assert(
      fc.property(printable(30), (said) => {
        const read = fromBase64(said);
        if (read !== undefined) expect(toBase64(read)).toBe(said);
      }),
    );
  });

  it('any octets are read without failing, and spans lie within the line', () => {
    fc.assert(
      fc.property(octets, (bytes) => {
        smtp.parseReplyLine(bytes);
        for (const { start, end } of smtp.commandSpans(bytes)) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(bytes.length);
        }
        smtp.mailboxOf(fromLatin1(bytes));
        parseParams(fromLatin1(bytes), 0);
        new ContentReader({ maxSize: 100, eightBit: true }).feed(bytes, 0);
      }),
    );
  });
});

describe('POP3', () => {
  it('verbs are ASCII: paß is not PASS', () => {
    expect(pop3.parseCommand(latin1('pa\xdf x')).verb).toBe('PA\xdf');
    expect(smtp.parseCommand(latin1('ma\xefl x')).verb).toBe('MA\xefL');
  });

  it('commands and responses', () => {
    fc.assert(
      fc.property(verb, printable(100), fc.boolean(), (name, said, ok) => {
        const command = { verb: name, argument: said };
        expect(pop3.parseCommand(withoutEnd(pop3.emitCommand(command)))).toEqual(command);
        const response = { ok, text: said.replace(/^\[+/, '') };
        expect(pop3.parseResponse(withoutEnd(pop3.emitResponse(response)))).toEqual(response);
      }),
    );
  });
});

describe('IMAP', () => {
  it('strings, quoted or literal, and mailbox names', () => {
    fc.assert(
      fc.property(text(1, 255, 300), (said) => {
        expect(new ArgumentReader(nstring(said)).string()).toBe(said);
        if (said !== '') expect(new ArgumentReader(mailboxName(said)).string()).toBe(said);
      }),
    );
  });

  it('any text is read without failing', () => {
    const readers = ['atom', 'number', 'string', 'pattern', 'flags', 'flag', 'set'] as const;
    fc.assert(
      fc.property(text(0, 255, 200), fc.constantFrom(...readers), (said, how) => {
        new ArgumentReader(said)[how]();
      }),
    );
  });
});

describe('DNS', () => {
  it('messages', () => {
    fc.assert(
      fc.property(message, (value) => {
        const parsed = parseDns(emitDns(value));
        expect(parsed).toMatchObject({ ok: true, message: value });
      }),
    );
  });

  it('frames over TCP, cut anywhere', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 70 }), (sent, chunk) => {
        const stream = concat(sent.map(frame));
        const framing = new TcpFraming();
        const heard: Uint8Array[] = [];
        for (let at = 0; at < stream.length; at += chunk) {
          framing.push(stream.slice(at, at + chunk));
          for (let next = framing.next(); next !== undefined; next = framing.next()) heard.push(next.slice());
        }
        expect(heard).toEqual(sent);
        expect([framing.offset, framing.pending.length]).toEqual([stream.length, 0]);
      }),
    );
  });
});
