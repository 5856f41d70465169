/**
 * States and transitions of an authoritative server (RFC 1034 §4.3.2); nothing else. One query is answered before the next
 * is looked at, so the states are few. Which event a message or a look-up is, the endpoint decides (authoritative.ts).
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';

const reply = (event: string, rfc: string) => ({
  target: 'waiting',
  actions: 'respond',
  description: `dns.authoritative.t.${event}`,
  meta: { rfc },
});

export const authoritativeMachine = new CompiledMachine(
  'dns.authoritative',
  createMachine({
    id: 'dns.authoritative',
    initial: 'waiting',
    // A response, or anything out of place, is never answered: two servers could go on for ever.
    on: { '*': { actions: 'ignore', description: 'dns.authoritative.t.ignored', meta: { rfc: '1035#7.3' } } },
    states: {
      waiting: {
        description: 'dns.authoritative.s.waiting',
        on: {
          QUERY: {
            target: 'searching',
            actions: 'search',
            description: 'dns.authoritative.t.query',
            meta: { rfc: '1034#4.3.2' },
          },
          MALFORMED: reply('malformed', '1035#4.1.1'),
          UNSUPPORTED: reply('unsupported', '1035#4.1.1'),
          BAD_VERSION: reply('badVersion', '6891#6.1.3'),
          IDLE: {
            target: 'closed',
            actions: 'close',
            description: 'dns.authoritative.t.idle',
            meta: { rfc: '7766#6.2.3' },
          },
          PEER_CLOSED: {
            target: 'closed',
            actions: 'close',
            description: 'dns.authoritative.t.peerClosed',
            meta: { rfc: '7766#6.2.4' },
          },
        },
      },
      searching: {
        description: 'dns.authoritative.s.searching',
        on: {
          ANSWER: reply('answer', '1034#4.3.2'),
          REFERRAL: reply('referral', '1034#4.3.2'),
          NODATA: reply('nodata', '2308#2.2'),
          NXDOMAIN: reply('nxdomain', '2308#2.1'),
          REFUSED: reply('refused', '1035#4.1.1'),
          SERVFAIL: reply('servfail', '1035#4.1.1'),
          SILENCE: {
            target: 'waiting',
            actions: 'ignore',
            description: 'dns.authoritative.t.silence',
            meta: { rfc: '1912#2.8' },
          },
        },
      },
      closed: { type: 'final', description: 'dns.authoritative.s.closed' },
    },
  }),
);
