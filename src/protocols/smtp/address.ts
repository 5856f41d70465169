/**
 * Mailboxes and paths: the grammar of RFC 5321 §4.1.2 and §4.1.3, read by hand in one pass (hostile input, no backtracking).
 * Owns syntax only: whether a mailbox exists is the host's business.
 */
import * as limits from './limits.ts';
import type { Mailbox, ReversePath } from './messages.ts';

/** A value and the offset after it, or what was wanted where. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly end: number }
  | { readonly ok: false; readonly expected: string; readonly offset: number };

const fail = (expected: string, offset: number): { ok: false; expected: string; offset: number } => ({
  ok: false,
  expected,
  offset,
});

/** `"<" [ A-d-l ":" ] Mailbox ">"`, `<>` or, without domain, `<Postmaster>`. Which of these fit is the command's rule. */
export function parsePath(text: string, start: number): Parsed<ReversePath> {
  if (text[start] !== '<') return fail('<', start);
  let at = start + 1;
  if (text[at] === '>') return { ok: true, value: null, end: at + 1 };
  if (text[at] === '@') {
    // "source routes ... MUST BE accepted, SHOULD NOT be generated, and SHOULD be ignored" (§4.1.1.3, appendix C).
    const route = parseRoute(text, at);
    if (!route.ok) return route;
    at = route.end;
  }
  const mailbox = parseMailbox(text, at);
  if (!mailbox.ok) return mailbox;
  if (text[mailbox.end] !== '>') return fail('>', mailbox.end);
  if (mailbox.end + 1 - start > limits.PATH) return fail('path of at most 256 octets', start);
  return { ok: true, value: mailbox.value, end: mailbox.end + 1 };
}

/** A whole string as a mailbox (`local@domain`); `undefined` when it is not one. */
export function mailboxOf(address: string): Mailbox | undefined {
  const parsed = parseMailbox(address, 0);
  return parsed.ok && parsed.end === address.length && parsed.value.domain !== '' ? parsed.value : undefined;
}

/** `Local-part "@" ( Domain / address-literal )`; a lone `Postmaster` has an empty domain (§4.1.1.3). */
export function parseMailbox(text: string, start: number): Parsed<Mailbox> {
  const local = text[start] === '"' ? parseQuoted(text, start) : parseDotString(text, start);
  if (!local.ok) return local;
  if (local.end - start > limits.LOCAL_PART) return fail('local part of at most 64 octets', start);
  if (text[local.end] !== '@') {
    if (local.value.toLowerCase() !== 'postmaster') return fail('@', local.end);
    return { ok: true, value: { local: local.value, domain: '', address: local.value }, end: local.end };
  }
  const domain = parseHost(text, local.end + 1);
  if (!domain.ok) return domain;
  const value = { local: local.value, domain: domain.value, address: text.slice(start, domain.end) };
  return { ok: true, value, end: domain.end };
}

/** A domain or an address literal: the argument of EHLO, the right side of a mailbox. */
export function parseHost(text: string, start: number): Parsed<string> {
  return text[start] === '[' ? parseLiteral(text, start) : parseDomain(text, start);
}

/** `sub-domain *("." sub-domain)`: letters, digits, and hyphens inside. */
function parseDomain(text: string, start: number): Parsed<string> {
  let at = start;
  for (;;) {
    const label = at;
    while (isLetterOrDigit(text.charCodeAt(at)) || text[at] === '-') at++;
    if (at === label || text[label] === '-') return fail('domain', label);
    if (text[at - 1] === '-') return fail('letter or digit', at - 1);
    if (at - label > 63) return fail('label of at most 63 octets', label);
    if (text[at] !== '.') break;
    at++;
  }
  if (at - start > limits.DOMAIN) return fail('domain of at most 255 octets', start);
  return { ok: true, value: text.slice(start, at), end: at };
}

/** §4.1.3: `[192.0.2.1]`, `[IPv6:2001:db8::1]`, or a tagged general literal. */
function parseLiteral(text: string, start: number): Parsed<string> {
  const close = text.indexOf(']', start);
  if (close < 0 || close - start > limits.DOMAIN) return fail(']', text.length);
  const inner = text.slice(start + 1, close);
  const colon = inner.indexOf(':');
  const good = colon < 0 ? isIPv4(inner) : isTagged(inner, colon);
  return good ? { ok: true, value: text.slice(start, close + 1), end: close + 1 } : fail('address literal', start + 1);
}

function isTagged(inner: string, colon: number): boolean {
  const tag = inner.slice(0, colon).toLowerCase();
  const rest = inner.slice(colon + 1);
  if (tag === 'ipv6') return isIPv6(rest);
  return /^[a-z0-9-]*[a-z0-9]$/.test(tag) && /^[!-Z^-~]+$/.test(rest);
}

export function isIPv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function isIPv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [h, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [p, part] of parts.entries()) {
      if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups += 1;
      else if (isIPv4(part) && h === halves.length - 1 && p === parts.length - 1) groups += 2;
      else return false;
    }
  }
  return halves.length === 2 ? groups <= 6 : groups === 8;
}

/** `@one,@two:` */
function parseRoute(text: string, start: number): Parsed<null> {
  let at = start;
  for (;;) {
    if (text[at] !== '@') return fail('@', at);
    const domain = parseDomain(text, at + 1);
    if (!domain.ok) return domain;
    at = domain.end;
    if (text[at] === ':') return { ok: true, value: null, end: at + 1 };
    if (text[at] !== ',') return fail(':', at);
    at++;
  }
}

/** `Atom *("." Atom)` */
function parseDotString(text: string, start: number): Parsed<string> {
  let at = start;
  for (;;) {
    const atom = at;
    while (isAtext(text.charCodeAt(at))) at++;
    if (at === atom) return fail('local part', atom);
    if (text[at] !== '.') return { ok: true, value: text.slice(start, at), end: at };
    at++;
  }
}

/** `DQUOTE *QcontentSMTP DQUOTE`, its value without quotes and backslashes. */
function parseQuoted(text: string, start: number): Parsed<string> {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    let c = text.charCodeAt(at);
    if (c === QUOTE) return { ok: true, value, end: at + 1 };
    if (c === BACKSLASH) c = text.charCodeAt(++at);
    // qtextSMTP and quoted-pairSMTP are printable US-ASCII and space.
    if (!(c >= 32 && c <= 126)) return fail('printable character', at);
    value += String.fromCharCode(c);
  }
  return fail('"', text.length);
}

const QUOTE = 34;
const BACKSLASH = 92;

const ATEXT: readonly boolean[] = Array.from(
  { length: 128 },
  (_, c) => isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".includes(String.fromCharCode(c)),
);

function isAtext(c: number): boolean {
  return c < 128 && ATEXT[c] === true;
}

function isLetterOrDigit(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
}
