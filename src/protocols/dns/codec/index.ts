/** The wire format: parse, emit, annotate, TCP framing. */
export { ipv6Groups, ipv6Text } from './address.ts';
export { emit, flags } from './emit.ts';
export { frame, TcpFraming } from './framing.ts';
export { annotate, HEADER_LENGTH, type MessageHeader, type ParseResult, parse } from './parse.ts';
