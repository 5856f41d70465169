/**
 * AUTH: proves who the client is, by a SASL mechanism (RFC 4954 §4). With or without initial response; `*` cancels.
 * The mechanisms are in sasl/; whether the password is right is the host's say.
 */
import { type SmtpError, smtpError } from '../errors.ts';
import { AUTH_LINE } from '../limits.ts';
import { fromBase64, mechanismOf, toBase64 } from '../sasl/index.ts';
import type { Session } from '../session.ts';
import { command } from './command.ts';

/** What the machine is told after the client has said something. */
export type AuthEvent = 'CHALLENGE' | 'CREDENTIALS' | 'CANCEL' | 'INVALID';

function prepare(argument: string, session: Session): SmtpError | undefined {
  const [name = '', initial, ...more] = argument.split(' ');
  if (name === '' || more.length > 0) return smtpError('syntax', { text: 'Syntax: AUTH mechanism [initial-response]' });
  const mechanism = name.toUpperCase();
  if (!session.settings.mechanisms.includes(mechanism)) return smtpError('auth-mechanism', { got: mechanism });
  if (initial === undefined) {
    session.data.sasl = { mechanism, said: [] };
    return undefined;
  }
  // A lone `=` is an empty initial response (§4).
  const decoded = initial === '=' ? '' : fromBase64(initial);
  if (decoded === undefined) return smtpError('auth-encoding', { expected: 'Base64', got: initial });
  session.data.sasl = { mechanism, said: [decoded] };
  return undefined;
}

/** A line of the exchange after AUTH; sets what the machine's actions then use. */
export function hear(line: string, session: Session): AuthEvent {
  const { sasl } = session.data;
  if (line === '*') {
    session.error = smtpError('auth-cancelled');
    return 'CANCEL';
  }
  const decoded = fromBase64(line);
  if (decoded === undefined || sasl === undefined) {
    session.error = smtpError('auth-encoding', { expected: 'Base64', got: line });
    return 'INVALID';
  }
  session.data.sasl = { mechanism: sasl.mechanism, said: [...sasl.said, decoded] };
  return advance(session);
}

/** What follows from what has been said so far. */
export function advance(session: Session): AuthEvent {
  const { sasl } = session.data;
  const step = sasl === undefined ? undefined : mechanismOf(sasl.mechanism)?.server(sasl.said);
  if (sasl === undefined || step === undefined || step.do === 'invalid') {
    session.error = smtpError('auth-encoding', { expected: 'a response of the mechanism' });
    return 'INVALID';
  }
  if (step.do === 'challenge') {
    session.data.challenge = step.challenge;
    return 'CHALLENGE';
  }
  const { user, password, authorization } = step;
  session.data.proof = { mechanism: sasl.mechanism, user, password, authorization };
  return 'CREDENTIALS';
}

export const auth = command({
  verb: 'AUTH',
  rfc: '4954#4',
  grammar: 'AUTH SP sasl-mech [SP initial-response] CRLF',
  example: 'AUTH LOGIN',
  longest: AUTH_LINE,
  prepare,
  actions: {
    beginAuth: () => {},
    challenge(session) {
      session.reply({ code: 334, lines: [toBase64(session.data.challenge)] });
    },
    checkCredentials(session) {
      const { proof } = session.data;
      session.data.sasl = undefined;
      session.data.proof = undefined;
      if (proof !== undefined) session.ask({ kind: 'authenticate', ...proof, client: session.client });
    },
    authenticated(session) {
      const { verdict } = session;
      if (verdict !== undefined && 'user' in verdict) session.data.user = verdict.user;
      session.say(235, '2.7.0', 'Authentication successful');
    },
  },
});
