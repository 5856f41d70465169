/** SIZE (RFC 1870): the limit is announced in EHLO, the size declared on MAIL, so that nobody sends in vain. */
import { smtpError } from '../errors.ts';
import { SIZE_ADDS } from '../limits.ts';
import type { Extension } from './extension.ts';

export const size: Extension = {
  keyword: 'SIZE',
  rfc: '1870#3',
  offer: (settings) => `${settings.maxSize}`,
  mailLine: SIZE_ADDS,
  mail: {
    SIZE(value, session) {
      // `size-value ::= 1*20DIGIT` (§6).
      if (value === true || !/^\d{1,20}$/.test(value)) return smtpError('syntax', { expected: 'SIZE=number' });
      return Number(value) > session.settings.maxSize ? smtpError('too-large') : undefined;
    },
  },
};
