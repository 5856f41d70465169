/** AUTH on a submission server (RFC 4954, RFC 4616, RFC 6409). */
import { describe, expect, it } from 'vitest';
import { latin1 } from '../../../../src/core/index.ts';
import { replies, talk } from './wire.ts';

const b64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const EHLO = 'EHLO pc\r\n';
const PLAIN = `AUTH PLAIN ${b64('\0ana\0secret')}\r\n`;
const config = { mode: 'submission' } as const;

function after(input: string): readonly string[] {
  const lines = replies(latin1(EHLO + input), { config });
  return lines.slice(lines.findIndex((line) => line.startsWith('250 ')) + 1);
}

it('offers its mechanisms, and takes no mail from strangers', () => {
  expect(replies(EHLO, { config })).toContain('250-AUTH PLAIN LOGIN');
  expect(after('MAIL FROM:<a@b.example>\r\n')).toEqual(['530 5.7.0 Authentication required']);
});

describe('the right password', () => {
  it.each([
    ['PLAIN at once', PLAIN, ['235 2.7.0 Authentication successful']],
    ['PLAIN when asked', `AUTH PLAIN\r\n${b64('\0ana\0secret')}\r\n`, ['334 ', '235 2.7.0 Authentication successful']],
    [
      'LOGIN',
      `auth login\r\n${b64('ana')}\r\n${b64('secret')}\r\n`,
      ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', '235 2.7.0 Authentication successful'],
    ],
    [
      'LOGIN with the name at once',
      `AUTH LOGIN ${b64('ana')}\r\n${b64('secret')}\r\n`,
      ['334 UGFzc3dvcmQ6', '235 2.7.0 Authentication successful'],
    ],
  ])('by %s', (_, input, expected) => {
    expect(after(input)).toEqual(expected);
    expect(after(`${input}MAIL FROM:<a@b.example>\r\n`).at(-1)).toBe('250 2.1.0 Sender ok');
  });

  it('makes the session ESMTPA, whose user the host is told of', () => {
    const { asks } = talk(`${EHLO}${PLAIN}MAIL FROM:<a@b.example>\r\n`, { config });
    expect(asks).toEqual([
      {
        kind: 'authenticate',
        mechanism: 'PLAIN',
        user: 'ana',
        password: 'secret',
        authorization: '',
        client: { hello: 'pc', protocol: 'ESMTP' },
      },
      {
        kind: 'sender',
        reversePath: { local: 'a', domain: 'b.example', address: 'a@b.example' },
        params: {},
        client: { hello: 'pc', protocol: 'ESMTPA', user: 'ana' },
      },
    ]);
  });

  it('is not given twice', () => {
    expect(after(PLAIN + PLAIN).at(-1)).toBe('503 5.5.1 Already authenticated');
  });
});

describe('the wrong one, and what is no answer', () => {
  it.each([
    ['a wrong password', `AUTH PLAIN ${b64('\0ana\0x')}\r\n`, '535 5.7.8 Authentication credentials invalid'],
    ['an unknown mechanism', 'AUTH CRAM-MD5\r\n', '504 5.5.4 Unrecognized authentication type'],
    ['no mechanism', 'AUTH\r\n', '501 5.5.4 Syntax: AUTH mechanism [initial-response]'],
    ['no Base64', 'AUTH PLAIN ???\r\n', '501 5.5.2 Cannot decode the response'],
    ['Base64 with stray bits', 'AUTH LOGIN\r\nYR==\r\n', '501 5.5.2 Cannot decode the response'],
    ['PLAIN with one part', `AUTH PLAIN ${b64('ana')}\r\n`, '501 5.5.2 Cannot decode the response'],
    ['PLAIN that is no UTF-8', 'AUTH PLAIN AP8A/w==\r\n', '501 5.5.2 Cannot decode the response'],
    ['an empty initial response', 'AUTH PLAIN =\r\n', '501 5.5.2 Cannot decode the response'],
    ['a cancel', 'AUTH LOGIN\r\n*\r\n', '501 5.7.0 Authentication cancelled'],
    ['a bare LF', 'AUTH LOGIN\r\nYW5h\n', '500 5.5.2 Lines must end in CR LF, not in LF alone (nc needs -C)'],
    [
      'a line of 13,000',
      `AUTH LOGIN\r\n${'A'.repeat(13_000)}\r\n`,
      '500 5.5.6 Authentication exchange line is too long',
    ],
  ])('%s', (_, input, reply) => {
    expect(after(input).at(-1)).toBe(reply);
    // Commands are read again, and nothing was proved.
    expect(after(`${input}MAIL FROM:<a@b.example>\r\n`).at(-1)).toBe('530 5.7.0 Authentication required');
  });

  it('counts as an error: the twentieth guess ends the session', () => {
    const { text, state } = talk(`${EHLO}${`AUTH PLAIN ${b64('\0ana\0x')}\r\n`.repeat(30)}`, { config });
    expect(text.match(/^535 /gm)).toHaveLength(20);
    expect([text.match(/^421 /gm)?.length, state]).toEqual([1, 'closed']);
  });
});

it('is not offered where it is not: a relay says 502', () => {
  expect(replies(`${EHLO}${PLAIN}`).at(-1)).toBe('502 5.5.1 Command not implemented');
});
