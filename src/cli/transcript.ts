/** A run as text that people can read: one line a PDU, delivery, queue change or goal, in order. */
import type { NodeId, TraceEntry } from '../core/index.ts';
import type { Localized, Ready } from '../scenario/index.ts';

export class Transcript {
  private readonly ends = new Map<string, { readonly client: NodeId; readonly server: NodeId }>();

  constructor(
    private readonly ready: Ready,
    private readonly language: keyof Localized,
    private readonly nodeAt: (ip: string) => NodeId,
  ) {}

  /** The line for an entry, or `undefined` when it is not shown. */
  line(entry: TraceEntry): string | undefined {
    const text = this.text(entry);
    return text === undefined ? undefined : `${clock(entry.at)}  ${text}`;
  }

  private text(entry: TraceEntry): string | undefined {
    switch (entry.type) {
      case 'conn-opened':
        this.ends.set(entry.conn, { client: entry.node, server: entry.serverNode ?? this.nodeAt(entry.server.ip) });
        return undefined;
      case 'pdu-received': {
        const ends = this.ends.get(entry.conn);
        const from = ends === undefined ? '?' : entry.node === ends.client ? ends.server : ends.client;
        const { protocol, verb, args } = entry.pdu;
        return `${from} → ${entry.node}  ${protocol.toUpperCase()}  ${verb} ${args}`.trimEnd();
      }
      case 'delivery':
        return `${entry.node}  ✉ ${entry.user} ${entry.mailbox} uid ${entry.uid} (${entry.size} octets)`;
      case 'queue':
        return `${entry.node}  queue ${entry.id} ${entry.what} ${entry.recipients.join(', ')}${entry.detail === '' ? '' : ` (${entry.detail})`}`;
      case 'step': {
        const step = this.ready.scenario.steps.find((item) => item.id === entry.step);
        return step === undefined ? undefined : `# ${step.title[this.language]}`;
      }
      case 'goal': {
        const goal = this.ready.scenario.goals.find((item) => item.id === entry.goal);
        return goal === undefined ? undefined : `${entry.passed ? '✓' : '✗'} ${goal.text[this.language]}`;
      }
      case 'stopped':
        return `stopped: the budget of ${entry.exceeded.limit} ${entry.exceeded.kind} is spent`;
      default:
        return undefined;
    }
  }
}

/** µs as `hh:mm:ss.mmm`. */
export function clock(at: number): string {
  const ms = Math.floor(at / 1000);
  const two = (value: number): string => value.toString().padStart(2, '0');
  const rest = (ms % 1000).toString().padStart(3, '0');
  const seconds = Math.floor(ms / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${rest}`;
}
