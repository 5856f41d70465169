/**
 * What the IMAP server asks of its host and what hosts answer. The endpoint decides syntax, order and what a client is told; mailboxes
 * and passwords are the host's. Every ask may be answered later; while one is open, input waits.
 */
import type { Octets } from '../../core/index.ts';

export interface ServerConfig {
  readonly hostname: string;
}

/** A message as a session knows it: all but its octets. */
export interface MessageInfo {
  readonly uid: number;
  readonly flags: readonly string[];
  readonly size: Octets;
  /** ms since 1970 UTC. */
  readonly internalDate: number;
}

export interface Selected {
  readonly name: string;
  readonly uidValidity: number;
  readonly uidNext: number;
  readonly messages: readonly MessageInfo[];
  /** UIDs that are \Recent in this session. */
  readonly recent: readonly number[];
}

export interface MailboxStatus {
  readonly messages: number;
  readonly recent: number;
  readonly uidNext: number;
  readonly uidValidity: number;
  readonly unseen: number;
  readonly size: Octets;
}

export interface Listed {
  readonly name: string;
  readonly subscribed: boolean;
  readonly hasChildren: boolean;
}

/** Why a mailbox operation is refused; RFC 5530's codes where there is one. */
export type Problem =
  | 'exists'
  | 'missing'
  | 'invalid'
  | 'in-use'
  | 'over-quota'
  | 'has-children'
  | 'inbox'
  | 'limit'
  | 'try-create';

export type ServerAsk =
  | { readonly kind: 'authenticate'; readonly user: string; readonly password: string; readonly mechanism: string }
  | { readonly kind: 'select'; readonly name: string; readonly readOnly: boolean }
  /** The selected mailbox is closed: no more changes are wanted. Answer: done. */
  | { readonly kind: 'unselect' }
  | { readonly kind: 'list' }
  | { readonly kind: 'status'; readonly name: string }
  | { readonly kind: 'create' | 'delete' | 'subscribe' | 'unsubscribe'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | {
      readonly kind: 'append';
      readonly name: string;
      readonly flags: readonly string[];
      readonly date: number | undefined;
      readonly message: Uint8Array;
    }
  /** Octets of messages of the selected mailbox. */
  | { readonly kind: 'messages'; readonly uids: readonly number[] }
  | { readonly kind: 'store'; readonly changes: readonly { readonly uid: number; readonly flags: readonly string[] }[] }
  | { readonly kind: 'expunge'; readonly uids: readonly number[] }
  | { readonly kind: 'copy'; readonly uids: readonly number[]; readonly to: string };

export type ServerAnswer =
  | { readonly kind: 'refused'; readonly problem: Problem | 'auth' }
  | { readonly kind: 'done' }
  | { readonly kind: 'selected'; readonly selected: Selected }
  | { readonly kind: 'list'; readonly mailboxes: readonly Listed[] }
  | { readonly kind: 'status'; readonly status: MailboxStatus }
  | {
      readonly kind: 'messages';
      readonly messages: readonly { readonly uid: number; readonly bytes: Uint8Array | undefined }[];
    };

/** What another session, a delivery or this one did to the selected mailbox. */
export type Change =
  | { readonly kind: 'added'; readonly message: MessageInfo; readonly recent: boolean }
  /** `silent`: the client has asked not to be told, or has been told already. */
  | { readonly kind: 'flags'; readonly uid: number; readonly flags: readonly string[]; readonly silent: boolean }
  | { readonly kind: 'expunged'; readonly uid: number };
