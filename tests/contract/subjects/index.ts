/** Every subject: one line a protocol. */
import type { Subject } from '../subject.ts';
import { DNS_SUBJECTS } from './dns.ts';
import { IMAP_SUBJECTS } from './imap.ts';
import { POP3_SUBJECTS } from './pop3.ts';
import { SMTP_SUBJECTS } from './smtp.ts';

export const SUBJECTS: readonly Subject[] = [...SMTP_SUBJECTS, ...POP3_SUBJECTS, ...IMAP_SUBJECTS, ...DNS_SUBJECTS];
