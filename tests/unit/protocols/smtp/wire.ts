/** A fake wire: a server and a client endpoint, or a server and lines typed by hand, with hosts that say what a test wants. */
import { fromLatin1, latin1 } from '../../../../src/core/index.ts';
import type { Effect } from '../../../../src/protocols/contract.ts';
import {
  type ClientAnswer,
  type ClientAsk,
  type ClientConfig,
  type ServerAnswer,
  type ServerAsk,
  type ServerConfig,
  SMTP_CLIENT,
  serverRole,
  type Transaction,
} from '../../../../src/protocols/smtp/index.ts';

export type ServerPolicy = (ask: ServerAsk) => ServerAnswer;

/** Yes to everything; the password is `secret`. */
export const kind: ServerPolicy = (ask) => {
  if (ask.kind !== 'authenticate') return { ok: true };
  return ask.password === 'secret' ? { ok: true, user: ask.user } : { ok: 'wrong' };
};

export interface Talk {
  /** Everything the server sent, as text. */
  readonly text: string;
  readonly effects: readonly Effect<ServerAsk>[];
  readonly asks: readonly ServerAsk[];
  readonly state: string;
}

export interface TalkOptions {
  readonly config?: Partial<ServerConfig>;
  readonly policy?: ServerPolicy;
  /** Octets a chunk; 0: all at once. */
  readonly chunk?: number;
  readonly close?: boolean;
  /** Saves and restores the endpoint between chunks. */
  readonly restore?: boolean;
}

/** Sends `input` to a new server and answers its asks at once. */
export function talk(input: string | Uint8Array, options: TalkOptions = {}): Talk {
  const config: ServerConfig = { mode: 'relay', hostname: 'mx.brisa.example', ...options.config };
  const policy = options.policy ?? kind;
  const role = serverRole(config.mode);
  let endpoint = role.create(config);
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
    if (options.restore === true) endpoint = role.restore(config, JSON.parse(JSON.stringify(endpoint.save())));
    run(endpoint.receive(bytes.slice(i, i + size)));
  }
  if (options.close === true) run(endpoint.peerClosed());
  return { text: sent(effects), effects, asks, state: `${endpoint.snapshot.value}` };
}

export function sent(effects: readonly Effect[]): string {
  return effects.map((effect) => (effect.type === 'send' ? fromLatin1(effect.bytes) : '')).join('');
}

/** The replies after the greeting, as lines. */
export function replies(input: string | Uint8Array, options: TalkOptions = {}): readonly string[] {
  return talk(input, options).text.split('\r\n').slice(1, -1);
}

export interface Conversation {
  /** `C: …` and `S: …`, in the order of sending; content as one line. */
  readonly lines: readonly string[];
  readonly clientAsks: readonly ClientAsk[];
  readonly serverAsks: readonly ServerAsk[];
  readonly clientEffects: readonly Effect<ClientAsk>[];
}

/** A whole session between twins. */
export function converse(
  server: Partial<ServerConfig>,
  client: Partial<ClientConfig>,
  transactions: readonly Transaction[],
  policy: ServerPolicy = kind,
  create: typeof SMTP_CLIENT = SMTP_CLIENT,
): Conversation {
  const serverConfig: ServerConfig = { mode: 'relay', hostname: 'mx.brisa.example', ...server };
  const clientConfig: ClientConfig = { variant: 'smtp', hostname: 'smtp.alba.example', ...client };
  const s = serverRole(serverConfig.mode).create(serverConfig);
  const c = create.create(clientConfig);
  const lines: string[] = [];
  const clientAsks: ClientAsk[] = [];
  const serverAsks: ServerAsk[] = [];
  const clientEffects: Effect<ClientAsk>[] = [];
  const queue = [...transactions];
  const work: (() => void)[] = [];
  const fromServer = (effects: Effect<ServerAsk>[]): void => {
    for (const effect of effects) {
      if (effect.type === 'send') {
        for (const line of fromLatin1(effect.bytes).split('\r\n').slice(0, -1)) lines.push(`S: ${line}`);
        work.push(() => fromClient(c.receive(effect.bytes)));
      } else if (effect.type === 'close') work.push(() => fromClient(c.peerClosed()));
      else if (effect.type === 'ask') {
        serverAsks.push(effect.what);
        work.push(() => fromServer(s.answer(effect.request, policy(effect.what))));
      }
    }
  };
  const fromClient = (effects: Effect<ClientAsk>[]): void => {
    for (const effect of effects) {
      clientEffects.push(effect);
      if (effect.type === 'send') {
        const text = fromLatin1(effect.bytes);
        if (effect.pdu?.kind === 'data') lines.push(`C: ${JSON.stringify(text)}`);
        else for (const line of text.split('\r\n').slice(0, -1)) lines.push(`C: ${line}`);
        work.push(() => fromServer(s.receive(effect.bytes)));
      } else if (effect.type === 'close') work.push(() => fromServer(s.peerClosed()));
      else if (effect.type === 'ask') {
        clientAsks.push(effect.what);
        if (effect.what.kind !== 'next') continue;
        const transaction = queue.shift();
        const answer: ClientAnswer = transaction === undefined ? { do: 'quit' } : { do: 'send', transaction };
        work.push(() => fromClient(c.answer(effect.request, answer)));
      }
    }
  };
  fromClient(c.start());
  fromServer(s.start());
  for (let next = work.shift(); next !== undefined; next = work.shift()) next();
  return { lines, clientAsks, serverAsks, clientEffects };
}
