/** Ports of mail access (RFC 1939, RFC 3501). */
export const POP3_PORT = 110;
export const IMAP_PORT = 143;
