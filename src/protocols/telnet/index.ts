/** Telnet: the folder's public face. */
export * from './codec.ts';
