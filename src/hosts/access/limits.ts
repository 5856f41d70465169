/** Ports of mail access (RFC 1939 §3, RFC 3501 §2.1), and bounds of its programs. */
export const POP3_PORT = 110;
export const IMAP_PORT = 143;
/** Characters of a log-in name in logs and traces: who tries to log in may write anything there. */
export const SHOWN_USER = 80;
