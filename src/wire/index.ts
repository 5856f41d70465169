/** Octets in and out, line framing and annotation spans. No protocol names here. */
export * from './lines.ts';
export * from './reader.ts';
export * from './span.ts';
export * from './writer.ts';
