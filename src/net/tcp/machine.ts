/**
 * The TCP connection state machine (RFC 9293 §3.3.2, figure 5): eleven states and the control events between them, and nothing
 * else. Data segments, acknowledgements of data, windows and timers that do not change the state never come here.
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';

const rfc = (section: string) => ({ rfc: `9293#${section}` });

const reset = { target: 'CLOSED', description: 'tcp.t.reset', meta: rfc('3.10.7') };
const abort = { target: 'CLOSED', actions: 'sendReset', description: 'tcp.t.abort', meta: rfc('3.10.5') };
const timeout = { target: 'CLOSED', description: 'tcp.t.timeout', meta: rfc('3.8.3') };
const vanish = { target: 'CLOSED', description: 'tcp.t.abort', meta: rfc('3.10.5') };

/** Events: what the user does (OPEN, CLOSE, ABORT) and what arrives (RCV_…), as the figure labels its arrows. */
const definition = createMachine({
  id: 'tcp',
  initial: 'CLOSED',
  on: { '*': { actions: 'unexpected', description: 'tcp.t.unexpected', meta: rfc('3.10') } },
  states: {
    CLOSED: {
      description: 'tcp.s.CLOSED',
      meta: rfc('3.3.2'),
      on: {
        OPEN_ACTIVE: { target: 'SYN-SENT', actions: 'sendSyn', description: 'tcp.t.open-active', meta: rfc('3.10.1') },
        OPEN_PASSIVE: { target: 'LISTEN', description: 'tcp.t.open-passive', meta: rfc('3.10.1') },
      },
    },
    LISTEN: {
      description: 'tcp.s.LISTEN',
      meta: rfc('3.3.2'),
      on: {
        RCV_SYN: { target: 'SYN-RECEIVED', actions: 'sendSynAck', description: 'tcp.t.rcv-syn', meta: rfc('3.10.7.2') },
        CLOSE: { target: 'CLOSED', description: 'tcp.t.close-listen', meta: rfc('3.10.4') },
        ABORT: vanish,
      },
    },
    'SYN-SENT': {
      description: 'tcp.s.SYN-SENT',
      meta: rfc('3.3.2'),
      on: {
        RCV_SYN_ACK: {
          target: 'ESTABLISHED',
          actions: ['sendAck', 'established'],
          description: 'tcp.t.rcv-syn-ack',
          meta: rfc('3.10.7.3'),
        },
        RCV_SYN: {
          target: 'SYN-RECEIVED',
          actions: 'sendSynAck',
          description: 'tcp.t.simultaneous',
          meta: rfc('3.10.7.3'),
        },
        RCV_RST: reset,
        CLOSE: { target: 'CLOSED', description: 'tcp.t.close-early', meta: rfc('3.10.4') },
        ABORT: vanish,
        TIMEOUT: timeout,
      },
    },
    'SYN-RECEIVED': {
      description: 'tcp.s.SYN-RECEIVED',
      meta: rfc('3.3.2'),
      on: {
        RCV_ACK_OF_SYN: {
          target: 'ESTABLISHED',
          actions: 'established',
          description: 'tcp.t.rcv-ack-of-syn',
          meta: rfc('3.10.7.4'),
        },
        CLOSE: { target: 'FIN-WAIT-1', actions: 'sendFin', description: 'tcp.t.close', meta: rfc('3.10.4') },
        RCV_RST: reset,
        ABORT: abort,
        TIMEOUT: timeout,
      },
    },
    ESTABLISHED: {
      description: 'tcp.s.ESTABLISHED',
      meta: rfc('3.3.2'),
      on: {
        CLOSE: { target: 'FIN-WAIT-1', actions: 'sendFin', description: 'tcp.t.close', meta: rfc('3.10.4') },
        RCV_FIN: { target: 'CLOSE-WAIT', actions: 'peerClosed', description: 'tcp.t.rcv-fin', meta: rfc('3.10.7.4') },
        RCV_RST: reset,
        ABORT: abort,
        TIMEOUT: timeout,
      },
    },
    'FIN-WAIT-1': {
      description: 'tcp.s.FIN-WAIT-1',
      meta: rfc('3.3.2'),
      on: {
        RCV_ACK_OF_FIN: { target: 'FIN-WAIT-2', description: 'tcp.t.rcv-ack-of-fin', meta: rfc('3.10.7.4') },
        RCV_FIN: {
          target: 'CLOSING',
          actions: 'peerClosed',
          description: 'tcp.t.rcv-fin-closing',
          meta: rfc('3.10.7.4'),
        },
        RCV_RST: reset,
        ABORT: abort,
        TIMEOUT: timeout,
      },
    },
    'FIN-WAIT-2': {
      description: 'tcp.s.FIN-WAIT-2',
      meta: rfc('3.3.2'),
      on: {
        RCV_FIN: {
          target: 'TIME-WAIT',
          actions: ['peerClosed', 'startTimeWait'],
          description: 'tcp.t.rcv-fin-last',
          meta: rfc('3.10.7.4'),
        },
        RCV_RST: reset,
        ABORT: abort,
        TIMEOUT: timeout,
      },
    },
    'CLOSE-WAIT': {
      description: 'tcp.s.CLOSE-WAIT',
      meta: rfc('3.3.2'),
      on: {
        CLOSE: { target: 'LAST-ACK', actions: 'sendFin', description: 'tcp.t.close', meta: rfc('3.10.4') },
        RCV_RST: reset,
        ABORT: abort,
        TIMEOUT: timeout,
      },
    },
    CLOSING: {
      description: 'tcp.s.CLOSING',
      meta: rfc('3.3.2'),
      on: {
        RCV_ACK_OF_FIN: {
          target: 'TIME-WAIT',
          actions: 'startTimeWait',
          description: 'tcp.t.rcv-ack-of-fin',
          meta: rfc('3.10.7.4'),
        },
        RCV_RST: reset,
        ABORT: abort,
        TIMEOUT: timeout,
      },
    },
    'LAST-ACK': {
      description: 'tcp.s.LAST-ACK',
      meta: rfc('3.3.2'),
      on: {
        RCV_ACK_OF_FIN: { target: 'CLOSED', description: 'tcp.t.rcv-ack-of-fin', meta: rfc('3.10.7.4') },
        RCV_RST: reset,
        ABORT: abort,
        TIMEOUT: timeout,
      },
    },
    'TIME-WAIT': {
      description: 'tcp.s.TIME-WAIT',
      meta: rfc('3.3.2'),
      on: {
        // "Retransmission of the remote FIN: acknowledge it, and restart the 2 MSL timeout."
        RCV_FIN: {
          target: 'TIME-WAIT',
          actions: 'startTimeWait',
          description: 'tcp.t.rcv-fin-again',
          meta: rfc('3.10.7.4'),
        },
        TIMEOUT_2MSL: { target: 'CLOSED', description: 'tcp.t.2msl', meta: rfc('3.10.8') },
        RCV_RST: reset,
        ABORT: vanish,
      },
    },
  },
});

export const TCP_MACHINE = new CompiledMachine('tcp', definition);

export type TcpEvent =
  | 'OPEN_ACTIVE'
  | 'OPEN_PASSIVE'
  | 'CLOSE'
  | 'ABORT'
  | 'RCV_SYN'
  | 'RCV_SYN_ACK'
  | 'RCV_ACK_OF_SYN'
  | 'RCV_FIN'
  | 'RCV_ACK_OF_FIN'
  | 'RCV_RST'
  | 'TIMEOUT'
  | 'TIMEOUT_2MSL';
