/**
 * Everything that enters a simulation from outside, as data. (world, seed, inputs) decide the whole run.
 */
import type { Micros } from './units.ts';

/** What a person, a scenario's script or the bridge does to the world. Versioned by {@link INPUT_VERSION}. */
export type Action =
  /** Keystrokes (UTF-8 text, control characters as typed: `\r`, `\x03`, `\x1b[A`) to a terminal session. */
  | { readonly type: 'keys'; readonly session: string; readonly data: string }
  /** Opens another terminal session on a node; its id is `node:n`. Every node has `node:0` from the start. */
  | { readonly type: 'open-session'; readonly node: string }
  | { readonly type: 'close-session'; readonly session: string }
  | { readonly type: 'resize'; readonly session: string; readonly columns: number; readonly rows: number }
  /** A command to the mail program of a workstation. */
  | { readonly type: 'mail'; readonly node: string; readonly command: MailCommand }
  | { readonly type: 'fault'; readonly fault: Fault }
  /** An answer to a question of the scenario; graded, without effect on the world. */
  | { readonly type: 'answer'; readonly question: string; readonly value: string }
  /** The narration step the reader has confirmed; without effect on the world. */
  | { readonly type: 'continue'; readonly step: string };

export type MailCommand =
  | {
      readonly do: 'send';
      readonly to: readonly string[];
      readonly cc?: readonly string[];
      readonly bcc?: readonly string[];
      readonly subject: string;
      readonly body: string;
    }
  | { readonly do: 'fetch'; readonly protocol: 'pop3' | 'imap' };

export type Fault =
  | {
      readonly kind: 'link';
      readonly link: string;
      readonly down?: boolean;
      readonly loss?: number;
      readonly delay?: Micros;
      readonly duplicate?: number;
      readonly reorder?: number;
    }
  | { readonly kind: 'host'; readonly node: string; readonly down: boolean }
  | { readonly kind: 'account'; readonly address: string; readonly blocked?: boolean; readonly quota?: number };

export const INPUT_VERSION = 1;

/** An action and the exact place where it entered: after `step` kernel events, at virtual time `at`. */
export interface InputRecord {
  readonly at: Micros;
  readonly step: number;
  readonly action: Action;
}
