/** What this folder supports, as data: README.md's table is generated from it. */
import type { Support } from '../contract.ts';
import { COMMANDS } from './commands/index.ts';
import { EXTENSIONS } from './extensions/index.ts';
import { MECHANISMS } from './sasl/index.ts';

const NOT_YET: readonly Support[] = [
  { feature: 'STARTTLS', rfc: '3207#4', supported: false, remark: 'answered 502' },
  { feature: 'CHUNKING, BINARYMIME', rfc: '3030#2', supported: false },
  { feature: 'DSN', rfc: '3461#4', supported: false },
  { feature: 'SMTPUTF8', rfc: '6531#3', supported: false, remark: 'non-ASCII addresses get 553 5.6.7' },
  { feature: 'AUTH CRAM-MD5', rfc: '2195#2', supported: false },
  { feature: 'AUTH SCRAM-SHA-256', rfc: '7677#3', supported: false },
];

const REMARKS: Readonly<Record<string, string>> = {
  VRFY: 'always 252',
  EXPN: 'always 502',
  LHLO: 'LMTP only',
};

export const SUPPORT: readonly Support[] = [
  ...COMMANDS.filter((command) => command.verb !== 'STARTTLS').map((command): Support => {
    const remark = REMARKS[command.verb];
    return {
      feature: command.verb,
      rfc: command.rfc,
      supported: true,
      ...(remark === undefined ? {} : { remark }),
    };
  }),
  ...EXTENSIONS.map((extension): Support => ({ feature: extension.keyword, rfc: extension.rfc, supported: true })),
  ...MECHANISMS.map(
    (mechanism): Support => ({ feature: `AUTH ${mechanism.name}`, rfc: mechanism.rfc, supported: true }),
  ),
  { feature: 'LMTP', rfc: '2033#4', supported: true },
  ...NOT_YET,
];
