/**
 * The message protocol between a front end and the engine that runs its simulation, over any MessagePort-like channel.
 * The engine never runs ahead of what is shown: it advances by spans of presentation time (see trace/pace.ts).
 */
import type { Action, BudgetExceeded, InputRecord, Micros, TraceEntry } from '../core/index.ts';
import type { FileProblem, ScenarioView, WorldView } from '../scenario/view.ts';

/** `lesson`: dilated, every frame can be followed. `live`: virtual time as it is, idle gaps shortened. */
export type Pace = 'lesson' | 'live';

export type EngineRequest =
  /** Builds the world and, with `inputs`, replays them (resuming a lab). `source`: the scenario's file, if not a built-in one. */
  | {
      readonly type: 'load';
      readonly scenario: string;
      readonly seed: number;
      readonly inputs?: readonly InputRecord[];
      /** With `inputs`: how far to replay (kernel events). */
      readonly upToStep?: number;
      readonly source?: string;
    }
  | { readonly type: 'input'; readonly action: Action }
  /** Runs what fits in `span` µs of presentation time; answered by one `progress`. */
  | { readonly type: 'advance'; readonly span: number; readonly pace: Pace }
  /** Runs to the next entry of this kind (`frame-sent`/`pdu-received`), whatever virtual time it takes; one `progress`. */
  | { readonly type: 'step'; readonly by: 'frame' | 'pdu' }
  /** Runs until nothing is left to happen within the next `quiet` µs of virtual time; one `progress`. */
  | { readonly type: 'run'; readonly quiet: Micros }
  /** Goes back for good: keeps the entries before `seq`, forgets what came after. Answered by `rewound`, then `progress`. */
  | { readonly type: 'fork'; readonly seq: number }
  /** Answered by `digest`: the SHA-256 of the canonical trace, to be compared with `estafeta run`. */
  | { readonly type: 'digest' };

export type EngineEvent =
  | { readonly type: 'loaded'; readonly scenario: ScenarioView; readonly world: WorldView; readonly seed: number }
  | { readonly type: 'failed'; readonly problems: readonly FileProblem[] }
  | {
      readonly type: 'progress';
      /** New entries, in order; the first has the `seq` that follows the last one sent. */
      readonly entries: readonly TraceEntry[];
      /** Payloads that those entries are the first to refer to; `firstPayload` is the reference of the first. */
      readonly payloads: readonly Uint8Array[];
      readonly firstPayload: number;
      /** Virtual time that is shown now (≥ the time of the last event run). */
      readonly now: Micros;
      /** When the next event is due; absent when the world is at rest. */
      readonly nextAt?: Micros;
      readonly step: number;
      /** An asynchronous program is computing; progress goes on by itself shortly. */
      readonly held: boolean;
      readonly exceeded?: BudgetExceeded;
      /** The answer to this many requests of type advance/step/run so far: pairs requests and answers. */
      readonly answered: number;
    }
  /** The trace was cut to `length` entries after a fork. */
  | { readonly type: 'rewound'; readonly length: number }
  /** The input log, after every change of it: what a front end stores to resume. */
  | {
      readonly type: 'inputs';
      readonly inputs: readonly InputRecord[];
      readonly seed: number;
      readonly scenario: string;
    }
  | { readonly type: 'digest'; readonly digest: string }
  | { readonly type: 'crashed'; readonly message: string };
