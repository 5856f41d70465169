/**
 * States and transitions of a recursive server at work on one question (RFC 1034 §5.3.3); nothing else. The asking states
 * tell how far down the tree it is; which server comes next, the resolution knows (resolution.ts).
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';

const key = (name: string): string => `dns.recursive.t.${name}`;

const reply = (event: string, rfc: string) => ({
  target: 'waiting',
  actions: 'respond',
  description: key(event),
  meta: { rfc },
});

/** From the look-up and from each level one may go to any: a referral leads down, a CNAME or a server's name starts again. */
const onwards = {
  ASK_ROOT: { target: 'askingRoot', actions: 'ask', description: key('askRoot'), meta: { rfc: '1034#5.3.3' } },
  ASK_TLD: { target: 'askingTld', actions: 'ask', description: key('askTld'), meta: { rfc: '1034#5.3.3' } },
  ASK_ZONE: { target: 'askingZone', actions: 'ask', description: key('askZone'), meta: { rfc: '1034#5.3.3' } },
};

const leave = {
  OVERRUN: { target: 'closed', actions: 'abort', description: key('overrun'), meta: { rfc: '7766#6.2.2' } },
  PEER_CLOSED: { target: 'closed', actions: 'close', description: key('peerClosed'), meta: { rfc: '7766#6.2.4' } },
};

const asking = (name: string) => ({
  description: `dns.recursive.s.${name}`,
  on: {
    ...onwards,
    ...leave,
    ANSWER: reply('answer', '1034#5.3.3'),
    NODATA: reply('nodata', '2308#2.2'),
    NXDOMAIN: reply('nxdomain', '2308#2.1'),
    SERVFAIL: reply('servfail', '1035#4.1.1'),
  },
});

export const recursiveMachine = new CompiledMachine(
  'dns.recursive',
  createMachine({
    id: 'dns.recursive',
    initial: 'waiting',
    on: { '*': { actions: 'ignore', description: key('ignored'), meta: { rfc: '1035#7.3' } } },
    states: {
      waiting: {
        description: 'dns.recursive.s.waiting',
        on: {
          ...leave,
          QUERY: {
            target: 'searching',
            actions: 'search',
            description: key('query'),
            meta: { rfc: '1034#5.3.3' },
          },
          MALFORMED: reply('malformed', '1035#4.1.1'),
          UNSUPPORTED: reply('unsupported', '1035#4.1.1'),
          BAD_VERSION: reply('badVersion', '6891#6.1.3'),
          IDLE: { target: 'closed', actions: 'close', description: key('idle'), meta: { rfc: '7766#6.2.3' } },
        },
      },
      searching: {
        description: 'dns.recursive.s.searching',
        on: {
          ...onwards,
          CACHED: reply('cached', '1034#5.3.3'),
          SERVFAIL: reply('servfail', '1035#4.1.1'),
          REFUSED: reply('refused', '1035#4.1.1'),
          NO_RECURSION: reply('noRecursion', '1034#4.3.1'),
        },
      },
      askingRoot: asking('askingRoot'),
      askingTld: asking('askingTld'),
      askingZone: asking('askingZone'),
      closed: { type: 'final', description: 'dns.recursive.s.closed' },
    },
  }),
);
