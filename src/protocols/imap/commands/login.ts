/** LOGIN (RFC 3501 §6.2.3) and AUTHENTICATE PLAIN (§6.2.2, RFC 4616; initial response: RFC 4959). */
import { fromLatin1, fromUtf8Strict, latin1 } from '../../../core/index.ts';
import { fromBase64 } from '../../sasl/base64.ts';
import { CAPABILITIES } from './capability.ts';
import { command } from './command.ts';

interface Proof {
  readonly user: string;
  readonly password: string;
  readonly mechanism: string;
}

export const login = command<Proof>({
  name: 'LOGIN',
  rfc: '3501#6.2.3',
  grammar: 'LOGIN userid password',
  example: 'a1 LOGIN bruno@brisa.example bruno-2026',
  parse(reader) {
    const user = reader.space() ? reader.string() : undefined;
    const password = reader.space() ? reader.string() : undefined;
    return user === undefined || password === undefined ? undefined : { user, password, mechanism: 'LOGIN' };
  },
  run: (session, proof) => session.ask({ kind: 'authenticate', ...proof }),
  report: (session) => session.ok(`[CAPABILITY ${CAPABILITIES}] Logged in`),
});

export const authenticate = command<{ readonly mechanism: string; readonly response: string | undefined }>({
  name: 'AUTHENTICATE',
  rfc: '3501#6.2.2',
  grammar: 'AUTHENTICATE PLAIN [initial-response]',
  example: 'a1 AUTHENTICATE PLAIN',
  parse(reader) {
    const mechanism = reader.space() ? reader.atom()?.toUpperCase() : undefined;
    const response = reader.space() ? reader.until(/\s/) : undefined;
    return mechanism === 'PLAIN' ? { mechanism, response } : undefined;
  },
  run(session, { mechanism, response = '' }) {
    const proof = plain(response);
    // The line was checked before the machine was told: see `plain`.
    session.ask({ kind: 'authenticate', mechanism, user: proof?.user ?? '', password: proof?.password ?? '' });
  },
  report: (session) => session.ok(`[CAPABILITY ${CAPABILITIES}] Logged in`),
});

/** What a PLAIN response says; `undefined` when it is not well-formed. */
export function plain(response: string): { readonly user: string; readonly password: string } | undefined {
  const octets = fromBase64(response);
  const parts = octets === undefined ? undefined : fromUtf8Strict(latin1(octets))?.split('\0');
  const [authorization, user, password] = parts ?? [];
  if (parts?.length !== 3 || !user || !password) return undefined;
  // Nobody may act for another here (RFC 4616 §2).
  return authorization === '' || authorization === user ? { user: fromLatin1(latin1(user)), password } : undefined;
}
