/** What this folder supports, as data. */
import type { Support } from '../contract.ts';
import { COMMANDS } from './commands/index.ts';

export const SUPPORT: readonly Support[] = [
  ...COMMANDS.map(
    ({ name, rfc, uid }): Support => ({ feature: uid === true ? `${name}, UID ${name}` : name, rfc, supported: true }),
  ),
  { feature: 'LITERAL+', rfc: '7888#4', supported: true },
  { feature: 'SASL-IR', rfc: '4959#3', supported: true },
  { feature: 'STARTTLS', rfc: '3501#6.2.1', supported: false },
  { feature: 'IMAP4rev2', rfc: '9051#1', supported: false },
  { feature: 'UIDPLUS', rfc: '4315#2', supported: false },
  { feature: 'MOVE', rfc: '6851#3', supported: false },
  { feature: 'CONDSTORE', rfc: '7162#3', supported: false },
  { feature: 'SPECIAL-USE', rfc: '6154#2', supported: false },
];
