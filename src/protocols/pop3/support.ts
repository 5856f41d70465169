/** What this folder supports, as data: the coverage table is generated from it. */
import type { Support } from '../contract.ts';
import { COMMANDS } from './commands/index.ts';

const NOT_YET: readonly Support[] = [
  { feature: 'AUTH', rfc: '5034#4', supported: false, remark: 'answered -ERR; log in with USER and PASS' },
  { feature: 'STLS', rfc: '2595#4', supported: false, remark: 'answered -ERR' },
  { feature: 'UTF8, LANG', rfc: '6856#2', supported: false, remark: 'commands are US-ASCII' },
];

const REMARKS: Readonly<Record<string, string>> = {
  APOP: 'when the host gives a timestamp',
  QUIT: 'UPDATE state: removes what DELE marked',
};

export const SUPPORT: readonly Support[] = [
  ...COMMANDS.map(({ verb, rfc }): Support => {
    const remark = REMARKS[verb];
    return { feature: verb, rfc, supported: true, ...(remark === undefined ? {} : { remark }) };
  }),
  { feature: 'RESP-CODES', rfc: '2449#6.4', supported: true },
  { feature: 'AUTH-RESP-CODE', rfc: '3206#6', supported: true },
  { feature: 'PIPELINING', rfc: '2449#6.6', supported: true },
  { feature: 'EXPIRE', rfc: '2449#6.7', supported: true, remark: 'NEVER' },
  { feature: 'IMPLEMENTATION', rfc: '2449#6.9', supported: true },
  ...NOT_YET,
];
