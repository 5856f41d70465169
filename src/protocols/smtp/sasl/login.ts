/**
 * LOGIN: user name and password asked for one after the other. Never standardised (draft-murchison-sasl-login), but every
 * mail program of its time speaks it.
 */
import { fromLatin1, fromUtf8Strict, latin1, utf8 } from '../../../core/index.ts';
import type { Mechanism } from './mechanism.ts';

export const login: Mechanism = {
  name: 'LOGIN',
  rfc: 'draft-murchison-sasl-login#2',
  clientFirst: false,
  server(said) {
    if (said.length === 0) return { do: 'challenge', challenge: 'Username:' };
    if (said.length === 1) return { do: 'challenge', challenge: 'Password:' };
    const user = fromUtf8Strict(latin1(said[0] as string));
    const password = fromUtf8Strict(latin1(said[1] as string));
    if (!user || password === undefined) return { do: 'invalid' };
    return { do: 'check', user, password, authorization: '' };
  },
  client(turn, user, password) {
    if (turn > 1) return undefined;
    return fromLatin1(utf8(turn === 0 ? user : password));
  },
};
