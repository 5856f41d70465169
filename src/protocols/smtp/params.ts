/**
 * ESMTP parameters after a path: `SP keyword ["=" value] …` (RFC 5321 §4.1.2). Owns the grammar; what a keyword means is
 * in extensions/.
 */
import type { Parsed } from './address.ts';
import type { EsmtpParams } from './messages.ts';

const KEYWORD = /^[A-Za-z0-9][A-Za-z0-9-]*$/;
/** `%d33-60 / %d62-126`: printable, neither space nor `=`. */
const VALUE = /^[!-<>-~]+$/;

export function parseParams(text: string, start: number): Parsed<EsmtpParams> {
  const params: Record<string, string | true> = {};
  let at = start;
  while (at < text.length) {
    if (text[at] !== ' ') return { ok: false, expected: 'space', offset: at };
    while (text[at] === ' ') at++;
    if (at === text.length) break;
    const space = text.indexOf(' ', at);
    const end = space < 0 ? text.length : space;
    const word = text.slice(at, end);
    const equals = word.indexOf('=');
    const keyword = equals < 0 ? word : word.slice(0, equals);
    if (!KEYWORD.test(keyword)) return { ok: false, expected: 'parameter keyword', offset: at };
    const value = equals < 0 ? true : word.slice(equals + 1);
    if (value !== true && !VALUE.test(value)) return { ok: false, expected: 'parameter value', offset: at };
    const key = keyword.toUpperCase();
    if (Object.hasOwn(params, key)) return { ok: false, expected: 'parameter given once', offset: at };
    params[key] = value;
    at = end;
  }
  return { ok: true, value: params, end: at };
}

/** The parameters as they stand on the wire, each with its space before it. */
export function emitParams(params: EsmtpParams): string {
  let out = '';
  for (const [keyword, value] of Object.entries(params)) out += value === true ? ` ${keyword}` : ` ${keyword}=${value}`;
  return out;
}
