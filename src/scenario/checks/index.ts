/** From a declarative check to a watcher: one line a kind. */
import type { Check } from '../scenario-schema.ts';
import { AllWatcher, AnyWatcher, NotWatcher, SequenceWatcher } from './combine.ts';
import { DeliveryWatcher } from './delivery.ts';
import { PduWatcher } from './pdu.ts';
import { commandWatcher, dnsWatcher, queueWatcher, stateWatcher } from './simple.ts';
import type { Watcher, Witness } from './watcher.ts';

export { matcher, type Reason, type Watcher, type Witness } from './watcher.ts';
export { TraceWitness } from './witness.ts';

export function watch(check: Check, witness: Witness): Watcher {
  if ('pdu' in check) return new PduWatcher(check.pdu, witness);
  if ('delivery' in check) return new DeliveryWatcher(check.delivery, witness);
  if ('state' in check) return stateWatcher(check);
  if ('command' in check) return commandWatcher(check);
  if ('queue' in check) return queueWatcher(check);
  if ('dns' in check) return dnsWatcher(check);
  if ('not' in check) return new NotWatcher(watch(check.not, witness));
  const parts = (list: readonly Check[]): readonly Watcher[] => list.map((part) => watch(part, witness));
  if ('all' in check) return new AllWatcher(parts(check.all));
  if ('any' in check) return new AnyWatcher(parts(check.any));
  return new SequenceWatcher(parts(check.sequence));
}
