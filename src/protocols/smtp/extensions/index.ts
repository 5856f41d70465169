/** The service extensions, one line each, in the order of their EHLO lines. */
import { type SmtpError, smtpError } from '../errors.ts';
import type { EsmtpParams } from '../messages.ts';
import type { Session, Settings } from '../session.ts';
import { auth } from './auth.ts';
import { eightBitMime } from './eight-bit-mime.ts';
import { enhancedStatusCodes } from './enhanced-status-codes.ts';
import type { Extension } from './extension.ts';
import { pipelining } from './pipelining.ts';
import { size } from './size.ts';

export const EXTENSIONS: readonly Extension[] = [pipelining, size, auth, enhancedStatusCodes, eightBitMime];

/** Those that a server with these settings offers, with their EHLO parameters. */
export function offered(settings: Settings): readonly { readonly extension: Extension; readonly params: string }[] {
  const out: { extension: Extension; params: string }[] = [];
  for (const extension of EXTENSIONS) {
    if (settings.without.has(extension.keyword)) continue;
    const params = extension.offer(settings);
    if (params !== undefined) out.push({ extension, params });
  }
  return out;
}

/** Checks the parameters of MAIL or RCPT against what is offered (RFC 5321 §4.1.1.11). */
export function checkParams(of: 'mail' | 'rcpt', params: EsmtpParams, session: Session): SmtpError | undefined {
  for (const [keyword, value] of Object.entries(params)) {
    // HELO asks for no extensions, so there are none to have parameters.
    if (!session.data.extended) return smtpError('unknown-parameter', { text: 'Parameters need EHLO', got: keyword });
    let known = false;
    for (const extension of EXTENSIONS) {
      const check = extension[of]?.[keyword];
      if (check === undefined || session.settings.without.has(extension.keyword)) continue;
      if (extension.offer(session.settings) === undefined) continue;
      known = true;
      const error = check(value, session);
      if (error !== undefined) return error;
    }
    if (!known) return smtpError('unknown-parameter', { got: keyword });
  }
  return undefined;
}

/** The longest MAIL line, CR LF included. */
export const MAIL_LINE_ADDS: number = EXTENSIONS.reduce((sum, extension) => sum + (extension.mailLine ?? 0), 0);

export type { Extension } from './extension.ts';
