/** Captures what crosses the links of a served world, as it happens: the trace itself is not kept there. */
import type { Simulation } from '../../scenario/index.ts';
import { PcapngWriter } from '../../trace/index.ts';

/** Payloads remembered for frames that share them: more than can wait on all links. */
const RECENT_PAYLOADS = 4096;

/** Writes frames as they are sent. */
export function captureFrames({ trace, world }: Simulation, write: (bytes: Uint8Array) => void): void {
  const writer = new PcapngWriter(world.view().epoch, write);
  const payloads = new Map<number, Uint8Array>();
  trace.subscribe({
    payload: (ref, bytes) => void payloads.set(ref, bytes),
    entry: (entry) => {
      if (entry.type === 'frame-sent') {
        const octets = payloads.get(entry.payload);
        if (octets !== undefined) writer.frame(entry, octets);
      } else if (entry.type === 'delivery') payloads.delete(entry.payload);
      // A frame's octets are stored just before it is sent; two links of a switch share them.
      if (payloads.size > RECENT_PAYLOADS)
        for (const ref of payloads.keys()) {
          payloads.delete(ref);
          break;
        }
    },
  });
}
