/** Checks that one trace entry decides: `state`, `command`, `queue`, `dns`. */
import type { TraceEntry } from '../../core/index.ts';
import type { Check } from '../scenario-schema.ts';
import { matcher, type Reason, type Watcher } from './watcher.ts';

class EntryWatcher implements Watcher {
  passed = false;

  constructor(
    private readonly holds: (entry: TraceEntry) => boolean,
    readonly reason: Reason,
  ) {}

  get settled(): boolean {
    return this.passed;
  }

  see(entry: TraceEntry): void {
    if (!this.passed && this.holds(entry)) this.passed = true;
  }
}

const same = (wanted: string | undefined, got: string): boolean =>
  wanted === undefined || wanted.toLowerCase() === got.toLowerCase();

export function stateWatcher({ state }: Extract<Check, { state: unknown }>): Watcher {
  return new EntryWatcher(
    (entry) =>
      entry.type === 'transition' &&
      same(state.node, entry.node) &&
      same(state.machine, entry.machine) &&
      same(state.state, entry.to),
    { code: 'check.state.none', params: { machine: state.machine, state: state.state } },
  );
}

export function commandWatcher({ command }: Extract<Check, { command: unknown }>): Watcher {
  const line = matcher(command.line);
  return new EntryWatcher(
    (entry) =>
      entry.type === 'command' &&
      same(command.node, entry.node) &&
      line(entry.line) &&
      (command.status === undefined || command.status === entry.status),
    { code: 'check.command.none', params: { expected: command.line } },
  );
}

export function queueWatcher({ queue }: Extract<Check, { queue: unknown }>): Watcher {
  return new EntryWatcher(
    (entry) =>
      entry.type === 'queue' &&
      same(queue.node, entry.node) &&
      same(queue.what, entry.what) &&
      (queue.recipient === undefined || entry.recipients.includes(queue.recipient)),
    { code: 'check.queue.none', params: { what: queue.what, recipient: queue.recipient ?? '' } },
  );
}

export function dnsWatcher({ dns }: Extract<Check, { dns: unknown }>): Watcher {
  return new EntryWatcher(
    (entry) =>
      entry.type === 'dns' &&
      same(dns.node, entry.node) &&
      same(dns.what, entry.what) &&
      same(dns.name, entry.name.replace(/\.$/, '')) &&
      same(dns.rrtype, entry.rrtype) &&
      same(dns.rcode, entry.rcode),
    { code: 'check.dns.none', params: { name: dns.name ?? '', rrtype: dns.rrtype ?? '' } },
  );
}
