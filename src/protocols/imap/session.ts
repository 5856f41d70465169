/**
 * What a server session knows besides its state: the command at work, and the selected mailbox as this client was told of
 * it. Changes by others wait in it until they may be said: sequence numbers only move when EXPUNGE is allowed
 * (RFC 3501 §7.4.1). It also collects the effects.
 */
import { latin1 } from '../../core/index.ts';
import type { Effect, RequestId } from '../contract.ts';
import type { Change, MessageInfo, Selected, ServerAsk, ServerConfig } from './asks.ts';
import { flagList } from './emit.ts';
import { responsePdu } from './pdu.ts';

/** The command at work. `args` is JSON that the command's own file made and reads. */
export interface Job {
  readonly tag: string;
  readonly name: string;
  readonly uid: boolean;
  readonly args: unknown;
}

export interface SavedSession {
  readonly job: Job;
  readonly mailbox: string;
  readonly readOnly: boolean;
  readonly view: readonly MessageInfo[];
  readonly recent: readonly number[];
  readonly gone: readonly number[];
  readonly dirty: readonly number[];
  readonly told: number;
  readonly errors: number;
  readonly requests: number;
  readonly request?: RequestId;
}

const NO_JOB: Job = { tag: '*', name: '', uid: false, args: undefined };

export class Session {
  job: Job;
  mailbox: string;
  readOnly: boolean;
  /** By sequence number − 1, as the client knows them; messages beyond `told` are new. */
  view: MessageInfo[];
  recent: Set<number>;
  errors: number;
  request: RequestId | undefined;
  /** Text of the BAD that INVALID, UNKNOWN … are about. */
  error = '';
  private gone: Set<number>;
  private dirty: Set<number>;
  private told: number;
  private requests: number;
  private out: Effect<ServerAsk>[] = [];

  constructor(
    readonly config: ServerConfig,
    saved?: SavedSession,
  ) {
    this.job = saved?.job ?? NO_JOB;
    this.mailbox = saved?.mailbox ?? '';
    this.readOnly = saved?.readOnly ?? false;
    this.view = [...(saved?.view ?? [])];
    this.recent = new Set(saved?.recent);
    this.gone = new Set(saved?.gone);
    this.dirty = new Set(saved?.dirty);
    this.told = saved?.told ?? 0;
    this.errors = saved?.errors ?? 0;
    this.requests = saved?.requests ?? 0;
    this.request = saved?.request;
  }

  save(): SavedSession {
    const { job, mailbox, readOnly, view, told, errors, requests, request } = this;
    const sets = { recent: [...this.recent], gone: [...this.gone], dirty: [...this.dirty] };
    const saved = { job, mailbox, readOnly, view: [...view], ...sets, told, errors, requests };
    return request === undefined ? saved : { ...saved, request };
  }

  // --- The mailbox ----------------------------------------------------------------------------------------------------

  open(selected: Selected, readOnly: boolean): void {
    this.mailbox = selected.name;
    this.readOnly = readOnly;
    this.view = [...selected.messages];
    this.recent = new Set(selected.recent);
    this.gone = new Set();
    this.dirty = new Set();
    this.told = this.view.length;
  }

  leave(): void {
    this.open({ name: '', uidValidity: 0, uidNext: 0, messages: [], recent: [] }, false);
  }

  /** How many messages the client knows of: sequence numbers run from 1 to this. */
  get count(): number {
    return this.told;
  }

  change(change: Change): void {
    if (change.kind === 'added') {
      this.view.push(change.message);
      if (change.recent) this.recent.add(change.message.uid);
      return;
    }
    const { uid } = change;
    const index = this.view.findIndex((message) => message.uid === uid);
    const old = this.view[index];
    if (old === undefined) return;
    if (change.kind === 'expunged') {
      // What the client never heard of, it need not hear gone.
      if (index >= this.told) this.view.splice(index, 1);
      else this.gone.add(uid);
      return;
    }
    this.view[index] = { ...old, flags: change.flags };
    if (!change.silent && index < this.told) this.dirty.add(uid);
  }

  isGone(uid: number): boolean {
    return this.gone.has(uid);
  }

  isDirty(uid: number): boolean {
    return this.dirty.has(uid);
  }

  /** The client has just been told of this message's flags, or asked not to be. */
  clean(uid: number): void {
    this.dirty.delete(uid);
  }

  flagsOf(message: MessageInfo): readonly string[] {
    return this.recent.has(message.uid) ? [...message.flags, '\\Recent'] : message.flags;
  }

  /** Says what changed. Without `expunges`, messages that are gone keep their numbers for now. */
  tell(expunges: boolean): void {
    if (expunges && this.gone.size > 0) {
      for (let i = 0; i < this.view.length; ) {
        const { uid } = this.view[i] as MessageInfo;
        if (!this.gone.has(uid)) {
          i++;
          continue;
        }
        this.view.splice(i, 1);
        this.told--;
        this.recent.delete(uid);
        this.dirty.delete(uid);
        this.untagged(`${i + 1} EXPUNGE`);
      }
      this.gone.clear();
    }
    if (this.view.length !== this.told) {
      this.told = this.view.length;
      this.untagged(`${this.told} EXISTS`);
      this.untagged(`${this.recent.size} RECENT`);
    }
    if (this.dirty.size === 0) return;
    this.view.forEach((message, i) => {
      if (!this.dirty.has(message.uid) || this.gone.has(message.uid)) return;
      this.untagged(`${i + 1} FETCH (UID ${message.uid} FLAGS ${flagList(this.flagsOf(message))})`);
    });
    this.dirty.clear();
  }

  // --- Responses ------------------------------------------------------------------------------------------------------

  untagged(text: string): void {
    this.respond('*', text);
  }

  /** Ends the command well, after the news. §7.4.1: no EXPUNGE in answer to FETCH, STORE, SEARCH, whose numbers hold. */
  ok(text: string): void {
    const { name, uid } = this.job;
    this.tell(uid || (name !== 'FETCH' && name !== 'STORE' && name !== 'SEARCH'));
    this.respond(this.job.tag, `OK ${text}`);
  }

  no(text: string): void {
    this.respond(this.job.tag, `NO ${text}`);
  }

  respond(tag: string, text: string, kind: 'reply' | 'greeting' | 'continuation' = 'reply'): void {
    this.emit({ type: 'send', bytes: latin1(`${tag} ${text}\r\n`), pdu: responsePdu(tag, text, kind) });
  }

  ask(what: ServerAsk): void {
    this.request = ++this.requests;
    this.emit({ type: 'ask', request: this.request, what });
  }

  emit(effect: Effect<ServerAsk>): void {
    this.out.push(effect);
  }

  take(): Effect<ServerAsk>[] {
    const taken = this.out;
    this.out = [];
    return taken;
  }
}
