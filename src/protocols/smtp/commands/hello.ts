/** EHLO, HELO and LMTP's LHLO: who the client says it is, and what this server can do (RFC 5321 §4.1.1.1, RFC 2033 §4.1). */
import { parseHost } from '../address.ts';
import { type SmtpError, smtpError } from '../errors.ts';
import { offered } from '../extensions/index.ts';
import type { Verb } from '../messages.ts';
import type { Session } from '../session.ts';
import { command, type ServerCommand } from './command.ts';

/** What clients in the field call themselves besides domains: underscores, addresses without brackets. */
const TOLERATED = /^[A-Za-z0-9_.:[\]-]+$/;

function prepare(argument: string, session: Session): SmtpError | undefined {
  const host = parseHost(argument, 0);
  if (!host.ok || host.end !== argument.length) {
    // The name is never proof of anything, and "MUST NOT refuse to accept a message" for it (§4.1.4).
    if (!TOLERATED.test(argument)) {
      return smtpError('syntax', { text: 'Syntax: EHLO domain', expected: 'domain or address literal', got: argument });
    }
    session.note('smtp.odd-hello-name', { name: argument });
  }
  session.argument = argument;
  return undefined;
}

function hello(session: Session): void {
  const { data, settings, argument, verb } = session;
  data.hello = argument;
  data.extended = verb !== 'HELO';
  const greeting = `${settings.hostname} greets ${argument}`;
  const lines = [greeting];
  if (data.extended) {
    for (const { extension, params } of offered(settings)) {
      lines.push(params === '' ? extension.keyword : `${extension.keyword} ${params}`);
    }
  }
  session.reply({ code: 250, lines });
}

const one = (verb: Verb, rfc: string): ServerCommand =>
  command({
    verb,
    rfc,
    grammar: `${verb} SP ( Domain / address-literal ) CRLF`,
    example: `${verb} pc-ana.alba.example`,
    prepare,
    actions: { hello },
  });

export const ehlo = one('EHLO', '5321#4.1.1.1');
export const helo = one('HELO', '5321#4.1.1.1');
export const lhlo = one('LHLO', '2033#4.1');
