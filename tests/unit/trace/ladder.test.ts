/** The ladder of hand-made entries: what is typed gets the name that its reader gives it; segments come between messages in order. */
import { describe, expect, test } from 'vitest';
import type { EntryBody, Pdu, TraceEntry } from '../../../src/core/index.ts';
import { foldAll, Recording, segmentsFold, withSegments } from '../../../src/trace/index.ts';

const client = { ip: '192.0.2.10', port: 49152 };
const server = { ip: '192.0.2.25', port: 25 };
const conn = 'tcp:1';

function trace(...bodies: readonly (readonly [node: string, at: number, body: EntryBody])[]): readonly TraceEntry[] {
  return bodies.map(([node, at, body], seq) => ({ ...body, seq, at, node }));
}

const opened: EntryBody = { type: 'conn-opened', conn, transport: 'tcp', client, server, serverNode: 'mta' };
const pdu = (protocol: Pdu['protocol'], kind: Pdu['kind'], verb: string, args = ''): Pdu => ({
  protocol,
  kind,
  verb,
  args,
});

function said(type: 'pdu-sent' | 'pdu-received', what: Pdu, from: number, to: number): EntryBody {
  return { type, conn, endpoint: 'x', pdu: what, range: { from, to } };
}

function frame(
  id: number,
  link: string,
  to: string,
  flags: string,
  at: number,
  octets?: number,
  fromServer = false,
): EntryBody {
  return {
    type: 'frame-sent',
    frame: id,
    link,
    to,
    departs: at,
    arrives: at + 10,
    payload: 0,
    conn,
    summary: {
      protocol: 'tcp',
      source: fromServer ? server : client,
      destination: fromServer ? client : server,
      flags,
      ...(octets === undefined ? {} : { range: { from: 0, to: octets } }),
    },
  };
}

const arrived = (id: number, link: string): EntryBody => ({ type: 'frame-arrived', frame: id, link });

describe('ladder', () => {
  test('what a person typed is one row, named by the server that understood it', () => {
    const recording = new Recording();
    recording.append(
      trace(
        ['pc', 0, opened],
        ['pc', 5, said('pdu-sent', pdu('raw', 'command', 'helo', 'pc'), 0, 9)],
        ['mta', 15, said('pdu-received', pdu('smtp', 'command', 'HELO', 'pc'), 0, 9)],
      ),
    );
    const rows = recording.ladder.rows.filter(({ kind }) => kind === 'pdu');
    expect(
      rows.map(({ from, to, sentAt, received, pdu }) => ({ from, to, sentAt, at: received?.at, verb: pdu?.verb })),
    ).toEqual([{ from: 'pc', to: 'mta', sentAt: 5, at: 15, verb: 'HELO' }]);
  });

  test('segments are one row from host to host over a router, in order with the messages', () => {
    const entries = trace(
      ['pc', 0, opened],
      ['pc', 0, frame(1, 'a', 'router', 'S', 0)],
      ['router', 10, arrived(1, 'a')],
      ['router', 10, frame(2, 'b', 'mta', 'S', 10)],
      ['mta', 20, arrived(2, 'b')],
      ['pc', 30, said('pdu-sent', pdu('smtp', 'command', 'QUIT'), 0, 6)],
      ['pc', 30, frame(3, 'a', 'router', 'PA', 30, 6)],
      ['pc', 40, { type: 'frame-dropped', frame: 3, link: 'a', reason: 'loss' }],
    );
    const recording = new Recording();
    recording.append(entries);
    const { segments } = foldAll(segmentsFold, entries);
    expect(
      segments.slice().map(({ from, to, label, arrived, lost }) => [from, to, label, arrived?.at, lost?.reason]),
    ).toEqual([
      ['pc', 'mta', 'SYN', 20, undefined],
      ['pc', 'mta', 'ACK', undefined, 'loss'],
    ]);
    expect(
      withSegments(recording.ladder.rows, segments).map(({ kind, reason, pdu, lost }) => [
        kind,
        pdu?.verb ?? reason,
        lost,
      ]),
    ).toEqual([
      ['segment', 'SYN', false],
      ['pdu', 'QUIT', undefined],
      ['segment', 'ACK 0–6', true],
    ]);
  });

  test('a frame is labelled with the message that begins in it, and how many more do', () => {
    const recording = new Recording();
    recording.append(
      trace(
        ['pc', 0, opened],
        ['pc', 0, said('pdu-sent', pdu('smtp', 'command', 'MAIL FROM'), 0, 20)],
        ['pc', 0, said('pdu-sent', pdu('smtp', 'command', 'RCPT TO'), 20, 40)],
        ['pc', 0, said('pdu-sent', pdu('smtp', 'command', 'DATA'), 40, 46)],
        ['pc', 0, frame(1, 'a', 'mta', 'PA', 0, 46)],
        ['mta', 1, frame(2, 'a', 'pc', 'A', 1, undefined, true)],
      ),
    );
    expect(recording.flights.all.map(({ label, kind }) => [label, kind])).toEqual([
      ['MAIL FROM +2', 'smtp'],
      ['ACK', 'tcp'],
    ]);
  });
});
