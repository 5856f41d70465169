/** PLAIN (RFC 4616): `[authzid] NUL authcid NUL passwd`, UTF-8, in one message. Readable by anyone on the way. */
import { fromLatin1, fromUtf8Strict, latin1, utf8 } from '../../../core/index.ts';
import type { Mechanism } from './mechanism.ts';

export const plain: Mechanism = {
  name: 'PLAIN',
  rfc: '4616#2',
  clientFirst: true,
  server(said) {
    const [first] = said;
    if (first === undefined) return { do: 'challenge', challenge: '' };
    const parts = fromUtf8Strict(latin1(first))?.split('\0');
    const [authorization, user, password] = parts ?? [];
    if (parts?.length !== 3 || !user || !password || authorization === undefined) return { do: 'invalid' };
    return { do: 'check', user, password, authorization };
  },
  client(turn, user, password) {
    return turn === 0 ? fromLatin1(utf8(`\0${user}\0${password}`)) : undefined;
  },
};
