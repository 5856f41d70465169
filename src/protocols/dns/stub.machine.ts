/**
 * States and transitions of a client with one question (RFC 1035 §7, RFC 1123 §6.1.3.2, RFC 7766 §5); nothing else.
 * Whether a timeout is the last one, the endpoint counts (stub.ts).
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';

const answered = {
  target: 'answered',
  actions: 'finish',
  description: 'dns.stub.t.response',
  meta: { rfc: '1035#7.3' },
};
/** RFC 5452 §9.1: what does not match id, question and QR is not an answer; waiting goes on. */
const mismatch = { actions: 'ignore', description: 'dns.stub.t.mismatch', meta: { rfc: '5452#9.1' } };
const failed = (event: string, rfc: string) => ({
  target: 'failed',
  actions: 'finish',
  description: `dns.stub.t.${event}`,
  meta: { rfc },
});

export const stubMachine = new CompiledMachine(
  'dns.stub',
  createMachine({
    id: 'dns.stub',
    initial: 'idle',
    on: { '*': { actions: 'ignore', description: 'dns.stub.t.ignored', meta: { rfc: '1035#7.3' } } },
    states: {
      idle: {
        description: 'dns.stub.s.idle',
        on: {
          SEND: { target: 'waiting', actions: 'send', description: 'dns.stub.t.send', meta: { rfc: '1035#7.2' } },
          CONNECT: {
            target: 'connecting',
            actions: 'connect',
            description: 'dns.stub.t.connect',
            meta: { rfc: '7766#5' },
          },
        },
      },
      waiting: {
        description: 'dns.stub.s.waiting',
        on: {
          RESPONSE: answered,
          TRUNCATED: {
            target: 'connecting',
            actions: 'connect',
            description: 'dns.stub.t.truncated',
            meta: { rfc: '7766#5' },
          },
          MISMATCH: mismatch,
          RETRY: { target: 'waiting', actions: 'send', description: 'dns.stub.t.retry', meta: { rfc: '1035#4.2.1' } },
          GIVE_UP: failed('giveUp', '1035#7.2'),
        },
      },
      connecting: {
        description: 'dns.stub.s.connecting',
        on: {
          CONNECTED: {
            target: 'waitingTcp',
            actions: 'send',
            description: 'dns.stub.t.connected',
            meta: { rfc: '1035#4.2.2' },
          },
          CONNECT_FAILED: failed('connectFailed', '7766#5'),
          GIVE_UP: failed('giveUp', '1035#7.2'),
        },
      },
      waitingTcp: {
        description: 'dns.stub.s.waitingTcp',
        on: {
          RESPONSE: answered,
          MISMATCH: mismatch,
          PEER_CLOSED: failed('peerClosed', '7766#6.2.4'),
          GIVE_UP: failed('giveUp', '1035#7.2'),
        },
      },
      answered: { type: 'final', description: 'dns.stub.s.answered' },
      failed: { type: 'final', description: 'dns.stub.s.failed' },
    },
  }),
);
