/** AUTH (RFC 4954): the mechanisms offered, and MAIL's AUTH= parameter. The command is in commands/auth.ts. */
import { smtpError } from '../errors.ts';
import { AUTH_ADDS } from '../limits.ts';
import type { Extension } from './extension.ts';

/** `xtext` of RFC 3461 §4: printable characters, others as `+` and two upper-case hexadecimal digits. */
const XTEXT = /^(?:[!-*,-<>-~]|\+[0-9A-F]{2})+$/;

export const auth: Extension = {
  keyword: 'AUTH',
  rfc: '4954#3',
  offer: (settings) => (settings.mechanisms.length === 0 ? undefined : settings.mechanisms.join(' ')),
  mailLine: AUTH_ADDS,
  mail: {
    AUTH(value) {
      return value !== true && XTEXT.test(value) ? undefined : smtpError('syntax', { expected: 'AUTH=mailbox' });
    },
  },
};
