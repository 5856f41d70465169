/** What MAIL and RCPT share: a keyword, a path, parameters (RFC 5321 §4.1.1.2, §4.1.1.3). */
import { parsePath } from '../address.ts';
import { type SmtpError, smtpError } from '../errors.ts';
import type { EsmtpParams, ReversePath } from '../messages.ts';
import { parseParams } from '../params.ts';
import type { Session } from '../session.ts';

export interface PathArgument {
  readonly path: ReversePath;
  readonly params: EsmtpParams;
}

/** `FROM:<path> [SP parameters]` or `TO:…`, or the error. */
export function readPath(
  keyword: 'FROM:' | 'TO:',
  argument: string,
  session: Session,
): { readonly ok: true; readonly value: PathArgument } | { readonly ok: false; readonly error: SmtpError } {
  const verb = keyword === 'FROM:' ? 'MAIL' : 'RCPT';
  if (argument.slice(0, keyword.length).toUpperCase() !== keyword) {
    const text = `Syntax: ${verb} ${keyword}<address>`;
    return { ok: false, error: smtpError('syntax', { text, expected: keyword, got: argument, offset: 0 }) };
  }
  let start = keyword.length;
  // "spaces are not permitted on either side of the colon" (§3.3), but everyone types one and every server takes it.
  while (argument[start] === ' ') start++;
  if (start > keyword.length) session.note('smtp.space-after-colon', { command: verb });
  const path = parsePath(argument, start);
  if (!path.ok) return { ok: false, error: badPath(keyword, argument, start, path.expected, path.offset) };
  const params = parseParams(argument, path.end);
  if (!params.ok) {
    const { expected, offset } = params;
    return { ok: false, error: smtpError('syntax', { expected, offset, got: argument.slice(offset, offset + 20) }) };
  }
  return { ok: true, value: { path: path.value, params: params.value } };
}

function badPath(keyword: string, argument: string, start: number, expected: string, offset: number): SmtpError {
  const detail = { expected, offset, got: argument.slice(offset, offset + 20) };
  if (argument.charCodeAt(offset) > 126) return smtpError('non-ascii-address', detail);
  if (offset === start) {
    const text = `Syntax: ${keyword === 'FROM:' ? 'MAIL' : 'RCPT'} ${keyword}<address>`;
    return smtpError('syntax', { ...detail, text });
  }
  return smtpError(keyword === 'FROM:' ? 'sender-syntax' : 'recipient-syntax', detail);
}
