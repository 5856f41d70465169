/** PIPELINING (RFC 2920): commands may come without waiting for replies. The endpoint's loop does that by itself. */
import type { Extension } from './extension.ts';

export const pipelining: Extension = { keyword: 'PIPELINING', rfc: '2920#3.2', offer: () => '' };
