/** ENHANCEDSTATUSCODES (RFC 2034): replies begin with an RFC 3463 code. The session adds them to every reply. */
import type { Extension } from './extension.ts';

export const enhancedStatusCodes: Extension = { keyword: 'ENHANCEDSTATUSCODES', rfc: '2034#4', offer: () => '' };
