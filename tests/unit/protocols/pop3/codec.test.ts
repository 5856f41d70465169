import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLatin1, latin1 } from '../../../../src/core/index.ts';
import {
  commandSpans,
  emitCommand,
  emitResponse,
  parseCommand,
  parseResponse,
  stuff,
  top,
} from '../../../../src/protocols/pop3/index.ts';

const printable = (max: number) =>
  fc.array(fc.integer({ min: 32, max: 126 }), { maxLength: max }).map((codes) => String.fromCharCode(...codes));

describe('commands', () => {
  it('come back from their octets', () => {
    const verb = fc.constantFrom('USER', 'PASS', 'LIST', 'TOP');
    fc.assert(
      fc.property(verb, printable(200), (name, argument) => {
        const line = emitCommand({ verb: name, argument });
        expect(parseCommand(line.subarray(0, -2))).toEqual({ verb: name, argument });
      }),
    );
  });

  it('never fail to be read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        parseCommand(bytes);
        for (const { start, end } of commandSpans(bytes)) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(bytes.length);
        }
      }),
    );
  });

  it('say what stands where', () => {
    expect(commandSpans(latin1('TOP 1 5')).map(({ start, end, value }) => [start, end, value])).toEqual([
      [0, 3, 'TOP'],
      [4, 7, '1 5'],
    ]);
  });
});

describe('responses', () => {
  it('come back from their octets', () => {
    const code = fc.constantFrom(undefined, 'IN-USE', 'AUTH', 'SYS/TEMP');
    const text = printable(300).filter((line) => !line.startsWith('['));
    fc.assert(
      fc.property(fc.boolean(), code, text, (ok, found, said) => {
        const response = ok || found === undefined ? { ok, text: said } : { ok, code: found, text: said };
        expect(parseResponse(emitResponse(response).subarray(0, -2))).toEqual(response);
      }),
    );
  });

  it('stay within a line, whatever a host says', () => {
    const line = fromLatin1(emitResponse({ ok: false, text: `${'x\r\n'.repeat(1000)}\u20ac` }));
    expect(line).toHaveLength(512);
    expect(line.indexOf('\r\n')).toBe(510);
  });

  it.each(['', '+OKAY', 'OK', '+ok', '-err', '250 OK', ' +OK'])('are not %j', (line) => {
    expect(parseResponse(latin1(line))).toBeUndefined();
  });

  it.each([
    ['+OK', { ok: true, text: '' }],
    ['+OK ', { ok: true, text: '' }],
    ['-ERR [AUTH]', { ok: false, code: 'AUTH', text: '' }],
    ['-ERR [not a code] x', { ok: false, text: '[not a code] x' }],
    ['+OK [x] y', { ok: true, text: '[x] y' }],
  ])('are %j', (line, expected) => {
    expect(parseResponse(latin1(line))).toEqual(expected);
  });
});

/** The other way round, the plain way: as RFC 1939 §3 says it. */
function unstuff(body: string): string {
  const lines = body.split('\r\n');
  expect(lines.slice(-2)).toEqual(['.', '']);
  const content = lines.slice(0, -2);
  for (const line of content) expect(line).not.toBe('.');
  return content.map((line) => `${line.startsWith('.') ? line.slice(1) : line}\r\n`).join('');
}

describe('byte-stuffing', () => {
  it('is undone by the client, for any lines', () => {
    const line = fc
      .array(fc.constantFrom('.', '..', 'a', ' ', '\n', '\r', 'x.y'), { maxLength: 6 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.array(
          line.filter((text) => !text.includes('\r\n') && !text.endsWith('\r')),
          { maxLength: 8 },
        ),
        (lines) => {
          const content = lines.map((text) => `${text}\r\n`).join('');
          if (content.replaceAll('\r\n', '').includes('\r\n')) return;
          expect(unstuff(fromLatin1(stuff(latin1(content))))).toBe(content);
        },
      ),
    );
  });

  it.each([
    ['', '.\r\n'],
    ['.', '..\r\n.\r\n'],
    ['a', 'a\r\n.\r\n'],
    ['a\r\n', 'a\r\n.\r\n'],
    ['\r\n.\r\n', '\r\n..\r\n.\r\n'],
    ['a\n.b\r\n', 'a\n.b\r\n.\r\n'],
    ['a.b\r\n..\r\n', 'a.b\r\n...\r\n.\r\n'],
  ])('makes of %j %j', (content, body) => {
    expect(fromLatin1(stuff(latin1(content)))).toBe(body);
  });

  it('does not touch the message it is given', () => {
    const message = latin1('.a\r\n');
    stuff(message);
    expect(fromLatin1(message)).toBe('.a\r\n');
  });
});

describe('the top of a message', () => {
  it.each([
    ['h: 1\r\n\r\na\r\nb\r\n', 0, 'h: 1\r\n\r\n'],
    ['h: 1\r\n\r\na\r\nb\r\n', 1, 'h: 1\r\n\r\na\r\n'],
    ['h: 1\r\n\r\na\r\nb\r\n', 9, 'h: 1\r\n\r\na\r\nb\r\n'],
    ['h: 1\r\n', 1, 'h: 1\r\n'],
    ['\r\na\r\n', 0, '\r\n'],
    ['', 3, ''],
  ])('of %j with %i lines', (message, lines, expected) => {
    expect(fromLatin1(top(latin1(message), lines))).toBe(expected);
  });
});
