import { describe, expect, test } from 'vitest';
import { randomStream, utf8 } from '../../../src/core/index.ts';
import type { TcpSocket } from '../../../src/net/index.ts';
import { CLIENT, Collector, drain, pair, SERVER } from './world.ts';

function exchange(seed: number, size: number, link = {}) {
  const { kernel, client, server } = pair(seed, link);
  const random = randomStream(seed, 'payload');
  const up = random.bytes(size);
  const down = random.bytes(Math.floor(size / 2));
  const accepted: Collector[] = [];
  server.listen(25, (socket) => {
    const collector = new Collector({
      peerClosed: () => {
        socket.write(down);
        socket.close();
      },
    });
    collector.socket = socket;
    accepted.push(collector);
    return collector;
  });
  const caller = new Collector({
    connected: () => {
      let at = 0;
      while (at < up.length) {
        const length = random.integer(1, 4000);
        caller.socket?.write(up.subarray(at, at + length));
        at += length;
      }
      caller.socket?.close();
    },
  });
  caller.socket = client.connect({ ip: SERVER, port: 25 }, caller);
  drain(kernel);
  return { kernel, caller, accepted, up, down, client, server };
}

describe('a connection over sound links', () => {
  const { kernel, caller, accepted, up, down, client, server } = exchange(1, 50_000);

  test('carries both directions byte for byte, and each end hears the end once', () => {
    expect(accepted).toHaveLength(1);
    expect(accepted[0]?.octets).toEqual(up);
    expect(caller.octets).toEqual(down);
    expect(caller.log).toEqual(['connected', 'peerClosed', 'fin']);
    expect(accepted[0]?.log).toEqual(['peerClosed', 'fin']);
  });

  test('walks through the states of RFC 9293 figure 5, and leaves nothing behind', () => {
    const states = (node: string) =>
      kernel.trace.entries.flatMap((e) => (e.type === 'tcp-state' && e.node === node ? [e.to] : []));
    expect(states('client')).toEqual(['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED']);
    expect(states('server')).toEqual(['SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSED']);
    expect(client.connections).toEqual([]);
    expect(server.connections).toEqual([]);
  });

  test('retransmits nothing when nothing is lost', () => {
    expect(kernel.trace.entries.filter((e) => e.type === 'tcp-retransmit')).toEqual([]);
    expect(kernel.trace.entries.filter((e) => e.type === 'conn-opened')).toHaveLength(1);
    expect(
      kernel.trace.entries.filter((e) => e.type === 'conn-closed').map((e) => e.type === 'conn-closed' && e.reason),
    ).toEqual(['fin']);
  });

  test('never sends more than the MSS, nor more than the window', () => {
    const sizes = kernel.trace.payloads.map((bytes) => bytes.length);
    expect(Math.max(...sizes)).toBe(1514);
  });
});

test('500 random schedules of loss, duplication and reordering deliver every octet exactly once', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const random = randomStream(seed, 'schedule');
    const link = {
      delay: random.integer(100, 30_000),
      loss: 0.1,
      duplicate: random.integer(0, 100) / 1000,
      reorder: random.integer(0, 300) / 1000,
    };
    const { caller, accepted, up, down } = exchange(seed, random.integer(0, 12_000), link);
    expect({ seed, log: caller.log }).toEqual({ seed, log: ['connected', 'peerClosed', 'fin'] });
    expect(Buffer.compare(accepted[0]?.octets ?? new Uint8Array(), up), `seed ${seed}`).toBe(0);
    expect(Buffer.compare(caller.octets, down), `seed ${seed}`).toBe(0);
    expect(accepted.map((a) => a.log)).toEqual([['peerClosed', 'fin']]);
  }
});

test('the same seed gives the same trace, another seed another', () => {
  const link = { loss: 0.1, reorder: 0.2, duplicate: 0.1 };
  const digest = (seed: number) => exchange(seed, 5000, link).kernel.trace.digest();
  expect(digest(7)).toBe(digest(7));
  expect(digest(7)).not.toBe(digest(8));
});

test('three duplicate acknowledgements bring the lost segment back before the timer does', () => {
  const causes = new Set<string>();
  for (let seed = 1; seed <= 20; seed++) {
    const { kernel } = exchange(seed, 60_000, { delay: 10_000, loss: 0.02 });
    for (const entry of kernel.trace.entries) if (entry.type === 'tcp-retransmit') causes.add(entry.cause);
  }
  expect(causes).toContain('fast');
  expect(causes).toContain('rto');
});

test('a port without listener answers RST: the program hears "refused"', () => {
  const { kernel, client } = pair(1);
  const caller = new Collector();
  client.connect({ ip: SERVER, port: 4 }, caller);
  drain(kernel);
  expect(caller.log).toEqual(['refused']);
  expect(kernel.trace.entries.flatMap((e) => (e.type === 'frame-sent' ? [e.summary.flags] : []))).toEqual([
    ...Array(4).fill('S'),
    ...Array(4).fill('RA'),
  ]);
});

test('a host without power never answers: SYNs back off exponentially, then "timeout"', () => {
  const { kernel, client, server } = pair(1);
  server.powerOff();
  const caller = new Collector();
  client.connect({ ip: SERVER, port: 25 }, caller);
  drain(kernel);
  expect(caller.log).toEqual(['timeout']);
  const sent = kernel.trace.entries.flatMap((e) => (e.type === 'tcp-retransmit' ? [Math.round(e.at / 1e6)] : []));
  expect(sent).toEqual([1, 3, 7, 15, 31, 63]);
});

test('half-close: the server goes on sending after the client has finished', () => {
  const { kernel, client, server } = pair(3);
  let accepted: TcpSocket | undefined;
  server.listen(80, (socket) => {
    accepted = socket;
    return new Collector();
  });
  const caller = new Collector();
  const socket = client.connect({ ip: SERVER, port: 80 }, caller);
  socket.close();
  expect(socket.state).toBe('CLOSED');
  const second = new Collector({ connected: (self) => self.socket?.close() });
  second.socket = client.connect({ ip: SERVER, port: 80 }, second);
  for (let i = 0; i < 200 && accepted?.state !== 'CLOSE-WAIT'; i++) kernel.run();
  kernel.after(5_000_000, () => accepted?.write(utf8('late')));
  kernel.after(6_000_000, () => accepted?.close());
  drain(kernel);
  expect(Buffer.from(second.octets).toString()).toBe('late');
  expect(second.log).toEqual(['connected', 'peerClosed', 'fin']);
});

test('a paused reader closes the window; probes keep the connection alive; nothing is lost', () => {
  const { kernel, client, server } = pair(5);
  const size = 1_500_000;
  const reader = new Collector();
  server.listen(9, (socket) => {
    reader.socket = socket;
    socket.pause();
    return reader;
  });
  const sent = randomStream(5, 'p').bytes(size);
  const caller = new Collector({ connected: (self) => void self.socket?.write(sent) });
  caller.socket = client.connect({ ip: SERVER, port: 9 }, caller);
  kernel.after(20_000_000, () => reader.socket?.resume());
  kernel.after(25_000_000, () => caller.socket?.close());
  kernel.after(26_000_000, () => reader.socket?.close());
  drain(kernel);
  const probes = kernel.trace.entries.filter((e) => e.type === 'tcp-retransmit' && e.cause === 'probe');
  expect(probes.length).toBeGreaterThan(2);
  expect(Buffer.compare(reader.octets, sent)).toBe(0);
  expect(caller.log).toEqual(['connected', 'peerClosed', 'fin']);
});

test('abort sends RST: the peer hears "reset"', () => {
  const { kernel, client, server } = pair(6);
  const served = new Collector();
  server.listen(9, () => served);
  const caller = new Collector({ connected: (self) => self.socket?.abort() });
  caller.socket = client.connect({ ip: SERVER, port: 9 }, caller);
  drain(kernel);
  expect(caller.log).toEqual(['connected', 'reset']);
  // The RST may overtake nothing here: the server has just seen the handshake's last ACK.
  expect(served.log).toEqual(['reset']);
});

test('a crash forgets connections without a word; the peer learns it from a RST when it speaks', () => {
  const { kernel, client, server } = pair(8);
  const served = new Collector();
  server.listen(9, () => served);
  const caller = new Collector();
  const socket = client.connect({ ip: SERVER, port: 9 }, caller);
  kernel.after(1_000_000, () => server.powerOff());
  kernel.after(2_000_000, () => server.powerOn());
  kernel.after(3_000_000, () => socket.write(utf8('anyone?')));
  drain(kernel);
  expect(served.log).toEqual(['host-down']);
  expect(caller.log).toEqual(['connected', 'reset']);
});

test('a cut link drops, a mended one recovers by retransmission', () => {
  const { kernel, network, client, server } = pair(9);
  const served = new Collector();
  server.listen(9, () => served);
  const caller = new Collector();
  const socket = client.connect({ ip: SERVER, port: 9 }, caller);
  kernel.after(1_000_000, () => {
    network.setLink('server--right', { down: true });
    socket.write(utf8('through'));
  });
  kernel.after(4_000_000, () => network.setLink('server--right', { down: false }));
  drain(kernel);
  expect(Buffer.from(served.octets).toString()).toBe('through');
  expect(kernel.trace.entries.some((e) => e.type === 'frame-dropped' && e.reason === 'link-down')).toBe(true);
});

test('a host talks to itself over loopback', () => {
  const { kernel, client } = pair(10);
  const served = new Collector();
  client.listen(9, () => served);
  const caller = new Collector({ connected: (self) => void self.socket?.write(utf8('me')) });
  caller.socket = client.connect({ ip: '127.0.0.1', port: 9 }, caller);
  drain(kernel);
  expect(Buffer.from(served.octets).toString()).toBe('me');
});

test('UDP: question and answer share a conversation, and nobody home is noted', () => {
  const { kernel, client, server } = pair(11);
  const heard: string[] = [];
  const bound = server.bindUdp(53, (bytes, from) => {
    heard.push(`server ${Buffer.from(bytes)}`);
    if ('send' in bound) bound.send(from, utf8('pong'));
  });
  const asking = client.bindUdp(0, (bytes) => heard.push(`client ${Buffer.from(bytes)}`));
  if ('error' in asking) throw new Error(asking.error);
  asking.send({ ip: SERVER, port: 53 }, utf8('ping'));
  asking.send({ ip: SERVER, port: 54 }, utf8('ping'));
  drain(kernel);
  asking.close();
  expect(heard).toEqual(['server ping', 'client pong']);
  expect(kernel.trace.entries.filter((e) => e.type === 'conn-opened')).toHaveLength(2);
  expect(kernel.trace.entries.filter((e) => e.type === 'conn-closed')).toHaveLength(2);
  expect(kernel.trace.entries.some((e) => e.type === 'note' && e.code === 'net.dropped.not-for-us')).toBe(true);
  expect(client.addresses).toEqual([CLIENT]);
});
