/** 8BITMIME (RFC 6152): content may have the high bit set when BODY=8BITMIME says so. */
import { smtpError } from '../errors.ts';
import { BODY_ADDS } from '../limits.ts';
import type { Extension } from './extension.ts';

export const eightBitMime: Extension = {
  keyword: '8BITMIME',
  rfc: '6152#2',
  offer: () => '',
  mailLine: BODY_ADDS,
  mail: {
    BODY(value) {
      const word = value === true ? '' : value.toUpperCase();
      return word === '7BIT' || word === '8BITMIME' ? undefined : smtpError('syntax', { expected: '7BIT or 8BITMIME' });
    },
  },
};
