/** A fake wire: a POP3 server with lines typed by hand, or with a client, over hosts that hold a small maildrop. */
import { fromLatin1, latin1 } from '../../../../src/core/index.ts';
import type { Effect } from '../../../../src/protocols/contract.ts';
import {
  type ClientAnswer,
  type ClientAsk,
  POP3_CLIENT,
  POP3_SERVER,
  type ServerAnswer,
  type ServerAsk,
  type ServerConfig,
} from '../../../../src/protocols/pop3/index.ts';

export const FIRST = 'Subject: uno\r\n\r\nHola.\r\n.punto\r\n..dos\r\n.\r\nfin\r\n';
export const SECOND = 'Subject: dos\r\nTo: b\r\n\r\n1\r\n2\r\n3\r\n';

export type Policy = (ask: ServerAsk) => ServerAnswer;

/** bruno, secret, and two messages. */
export function mailboxOf(messages: readonly string[] = [FIRST, SECOND]): Policy {
  return (ask) => {
    switch (ask.kind) {
      case 'authenticate':
      case 'digest': {
        const good =
          ask.kind === 'digest' ? ask.digest === 'c4c9334bac560ecc979e58001b3e22fb' : ask.password === 'secret';
        if (ask.user !== 'bruno' || !good) return { ok: false, cause: 'auth' };
        return {
          ok: true,
          drop: messages.map((text, i) => ({ uid: 10 + i, uidl: `id-${10 + i}`, size: text.length })),
        };
      }
      case 'message': {
        const text = messages[ask.uid - 10];
        return { message: text === undefined ? undefined : latin1(text) };
      }
      case 'update':
        return { updated: true };
    }
  };
}

export interface TalkOptions {
  readonly config?: Partial<ServerConfig>;
  readonly policy?: Policy;
  /** Octets a chunk; 0: all at once. */
  readonly chunk?: number;
  readonly close?: boolean;
  /** Saves and restores the endpoint between chunks. */
  readonly restore?: boolean;
}

export interface Talk {
  /** Everything the server sent, as text. */
  readonly text: string;
  readonly effects: readonly Effect<ServerAsk>[];
  readonly asks: readonly ServerAsk[];
  readonly state: string;
}

/** Sends `input` to a new server and answers its asks at once. */
export function talk(input: string | Uint8Array, options: TalkOptions = {}): Talk {
  const config: ServerConfig = { hostname: 'pop.brisa.example', ...options.config };
  const policy = options.policy ?? mailboxOf();
  let endpoint = POP3_SERVER.create(config);
  const effects: Effect<ServerAsk>[] = [];
  const asks: ServerAsk[] = [];
  const run = (more: Effect<ServerAsk>[]): void => {
    for (const effect of more) {
      effects.push(effect);
      if (effect.type !== 'ask') continue;
      asks.push(effect.what);
      run(endpoint.answer(effect.request, policy(effect.what)));
    }
  };
  run(endpoint.start());
  const bytes = typeof input === 'string' ? latin1(input) : input;
  const size = options.chunk === undefined || options.chunk === 0 ? Math.max(1, bytes.length) : options.chunk;
  for (let i = 0; i < bytes.length; i += size) {
    if (options.restore === true) endpoint = POP3_SERVER.restore(config, JSON.parse(JSON.stringify(endpoint.save())));
    run(endpoint.receive(bytes.slice(i, i + size)));
  }
  if (options.close === true) run(endpoint.peerClosed());
  return { text: sent(effects), effects, asks, state: `${endpoint.snapshot.value}` };
}

export function sent(effects: readonly Effect[]): string {
  return effects.map((effect) => (effect.type === 'send' ? fromLatin1(effect.bytes) : '')).join('');
}

export const LOGIN = 'USER bruno\r\nPASS secret\r\n';

/** The lines that the server sends to `input` after a log-in. */
export function after(input: string, options: TalkOptions = {}): readonly string[] {
  return talk(LOGIN + input, options)
    .text.split('\r\n')
    .slice(3, -1);
}

/** Without log-in and greeting. */
export function replies(input: string | Uint8Array, options: TalkOptions = {}): readonly string[] {
  return talk(input, options).text.split('\r\n').slice(1, -1);
}

export interface Fetching {
  /** `C: …` and `S: …`, one a PDU, in the order of sending. */
  readonly lines: readonly string[];
  readonly got: readonly { readonly uidl: string; readonly text: string }[];
  readonly ended: Extract<ClientAsk, { kind: 'ended' }> | undefined;
  readonly updates: readonly (readonly number[])[];
}

export interface FetchingOptions {
  readonly password?: string;
  readonly policy?: Policy;
  readonly fetch?: (ask: Extract<ClientAsk, { kind: 'choose' }>) => readonly number[];
  readonly stored?: boolean;
  readonly remove?: boolean;
  /** Both ends are saved and restored before each delivery; deliveries are one octet long. */
  readonly torture?: boolean;
}

/** A whole session between the two roles. */
export function fetching(options: FetchingOptions = {}): Fetching {
  const serverConfig: ServerConfig = { hostname: 'pop.brisa.example' };
  const clientConfig = { user: 'bruno', password: options.password ?? 'secret' };
  const policy = options.policy ?? mailboxOf();
  let server = POP3_SERVER.create(serverConfig);
  let client = POP3_CLIENT.create(clientConfig);
  const lines: string[] = [];
  const got: { uidl: string; text: string }[] = [];
  const updates: (readonly number[])[] = [];
  let ended: Fetching['ended'];
  const wire: { readonly to: 'client' | 'server'; readonly bytes: Uint8Array }[] = [];

  const note = (who: string, effect: Effect): void => {
    if (effect.type !== 'send' || effect.pdu === undefined) return;
    lines.push(`${who}: ${`${effect.pdu.verb} ${effect.pdu.args}`.trimEnd()}`);
  };
  const answerClient = (ask: ClientAsk): ClientAnswer | undefined => {
    switch (ask.kind) {
      case 'choose':
        return { fetch: options.fetch?.(ask) ?? ask.messages.map(({ number }) => number) };
      case 'fetched':
        got.push({ uidl: ask.uidl, text: fromLatin1(ask.message) });
        return { stored: options.stored ?? true, remove: options.remove ?? false };
      case 'ended':
        ended = ask;
        return undefined;
    }
  };
  const runServer = (effects: Effect<ServerAsk>[]): void => {
    for (const effect of effects) {
      note('S', effect);
      if (effect.type === 'send') wire.push({ to: 'client', bytes: effect.bytes });
      if (effect.type !== 'ask') continue;
      if (effect.what.kind === 'update') updates.push(effect.what.remove);
      runServer(server.answer(effect.request, policy(effect.what)));
    }
  };
  const runClient = (effects: Effect<ClientAsk>[]): void => {
    for (const effect of effects) {
      note('C', effect);
      if (effect.type === 'send') wire.push({ to: 'server', bytes: effect.bytes });
      if (effect.type !== 'ask') continue;
      const answer = answerClient(effect.what);
      if (answer !== undefined) runClient(client.answer(effect.request, answer));
    }
  };
  const deliver = (to: 'client' | 'server', bytes: Uint8Array): void => {
    if (options.torture === true) {
      server = POP3_SERVER.restore(serverConfig, JSON.parse(JSON.stringify(server.save())));
      client = POP3_CLIENT.restore(clientConfig, JSON.parse(JSON.stringify(client.save())));
    }
    if (to === 'client') runClient(client.receive(bytes));
    else runServer(server.receive(bytes));
  };
  runClient(client.start());
  runServer(server.start());
  for (let next = wire.shift(); next !== undefined; next = wire.shift()) {
    const { to, bytes } = next;
    const size = options.torture === true ? 1 : Math.max(1, bytes.length);
    for (let i = 0; i < bytes.length; i += size) deliver(to, bytes.slice(i, i + size));
  }
  return { lines, got, ended, updates };
}
