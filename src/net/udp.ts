/** UDP datagrams on the wire (RFC 768), written straight into their frame; checksum always set. */
import { addWords, finish, pseudoHeader } from './checksum.ts';
import { destinationOf, get16, PROTOCOL_UDP, put16, sourceOf, TRANSPORT, writeHeaders } from './frame.ts';

const HEADER = 8;

export interface Datagram {
  readonly source: number;
  readonly sourcePort: number;
  readonly destination: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
}

export function emitDatagram(datagram: Datagram, id: number): Uint8Array<ArrayBuffer> {
  const { source, sourcePort, destination, destinationPort, payload } = datagram;
  const length = HEADER + payload.length;
  const frame = new Uint8Array(TRANSPORT + length);
  put16(frame, TRANSPORT, sourcePort);
  put16(frame, TRANSPORT + 2, destinationPort);
  put16(frame, TRANSPORT + 4, length);
  frame.set(payload, TRANSPORT + HEADER);
  const sum = finish(addWords(frame, TRANSPORT, frame.length, pseudoHeader(source, destination, PROTOCOL_UDP, length)));
  // A computed zero is sent as all ones; zero would mean "no checksum".
  put16(frame, TRANSPORT + 6, sum === 0 ? 0xffff : sum);
  writeHeaders(frame, source, destination, PROTOCOL_UDP, id);
  return frame;
}

/** Reads the datagram of a frame whose IPv4 header is sound. */
export function parseDatagram(frame: Uint8Array): Datagram | 'malformed' | 'bad-checksum' {
  const length = frame.length - TRANSPORT;
  if (length < HEADER || get16(frame, TRANSPORT + 4) !== length) return 'malformed';
  const source = sourceOf(frame);
  const destination = destinationOf(frame);
  const checksum = get16(frame, TRANSPORT + 6);
  if (checksum !== 0) {
    const sum = addWords(frame, TRANSPORT, frame.length, pseudoHeader(source, destination, PROTOCOL_UDP, length));
    if (finish(sum) !== 0) return 'bad-checksum';
  }
  return {
    source,
    destination,
    sourcePort: get16(frame, TRANSPORT),
    destinationPort: get16(frame, TRANSPORT + 2),
    payload: frame.subarray(TRANSPORT + HEADER),
  };
}
