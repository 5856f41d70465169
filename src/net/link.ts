/**
 * A full-duplex link between two attachments: bandwidth with a queue, delay, loss, duplication, reordering, and down. It writes the
 * life of every frame into the trace: sent, then arrived or dropped. Draws from a random stream of its own.
 */
import type { Duration, FrameId, Kernel, LinkId, Micros, Random } from '../core/index.ts';
import { DEFAULT_BANDWIDTH, DEFAULT_DELAY, DUPLICATE_GAP, LINK_QUEUE, REORDER_DELAYS } from './limits.ts';
import type { Attachment, LinkEnd, Packet } from './packet.ts';

export interface LinkParameters {
  /** One-way propagation delay. */
  readonly delay: Duration;
  /** Bits a second. */
  readonly bandwidth: number;
  /** Probability 0–1 that a frame does not arrive, arrives twice, or arrives late enough to be overtaken. */
  readonly loss: number;
  readonly duplicate: number;
  readonly reorder: number;
  readonly down: boolean;
}

export const DEFAULT_LINK: LinkParameters = {
  delay: DEFAULT_DELAY,
  bandwidth: DEFAULT_BANDWIDTH,
  loss: 0,
  duplicate: 0,
  reorder: 0,
  down: false,
};

/** Numbers frames across all links of a network. */
export interface FrameCounter {
  next(): FrameId;
}

class Direction implements LinkEnd {
  private busyUntil: Micros = 0;
  /** The end that receives what is sent here, and its own view of the link. */
  target: { readonly attachment: Attachment; readonly end: Direction } | undefined;

  constructor(
    private readonly owner: Link,
    private readonly from: string,
  ) {}

  get link(): LinkId {
    return this.owner.id;
  }

  send(packet: Packet): void {
    const { kernel, random, parameters, id } = this.owner;
    const { now } = kernel;
    const size = packet.frame.length;
    const departs = Math.max(now, this.busyUntil);
    const onMedium = Math.ceil((size * 8_000_000) / parameters.bandwidth);
    const queued = ((departs - now) * parameters.bandwidth) / 8_000_000;
    if (parameters.down || queued > LINK_QUEUE) {
      const frame = this.record(packet, now, now);
      kernel.trace.append(this.from, {
        type: 'frame-dropped',
        frame,
        link: id,
        reason: parameters.down ? 'link-down' : 'queue-full',
      });
      return;
    }
    this.busyUntil = departs + onMedium;
    let arrives = departs + onMedium + parameters.delay;
    if (parameters.reorder > 0 && random.chance(parameters.reorder)) {
      arrives += random.integer(1, Math.max(1, parameters.delay * REORDER_DELAYS));
    }
    this.travel(packet, departs, arrives, random.chance(parameters.loss));
    if (parameters.duplicate > 0 && random.chance(parameters.duplicate)) {
      this.travel(packet, departs, arrives + random.integer(1, DUPLICATE_GAP), false);
    }
  }

  private travel(packet: Packet, departs: Micros, arrives: Micros, lost: boolean): void {
    const { kernel } = this.owner;
    const frame = this.record(packet, departs, arrives);
    // Lost halfway: so it can be seen to vanish on the link.
    if (lost) kernel.at(departs + Math.ceil((arrives - departs) / 2), () => this.drop(frame, 'loss'));
    else kernel.at(arrives, () => this.deliver(packet, frame));
  }

  private deliver(packet: Packet, frame: FrameId): void {
    const { target } = this;
    if (target === undefined) return;
    if (this.owner.parameters.down) {
      this.drop(frame, 'link-down');
      return;
    }
    this.owner.kernel.trace.append(target.attachment.node, { type: 'frame-arrived', frame, link: this.owner.id });
    target.attachment.arrived(packet, target.end);
  }

  private drop(frame: FrameId, reason: 'loss' | 'link-down'): void {
    this.owner.kernel.trace.append(this.from, { type: 'frame-dropped', frame, link: this.owner.id, reason });
  }

  private record(packet: Packet, departs: Micros, arrives: Micros): FrameId {
    const { kernel, frames, id } = this.owner;
    packet.payload ??= kernel.trace.store(packet.frame);
    kernel.spend(packet.frame.length);
    const frame = frames.next();
    kernel.trace.append(this.from, {
      type: 'frame-sent',
      frame,
      link: id,
      to: this.target?.attachment.node ?? '',
      departs,
      arrives,
      payload: packet.payload,
      conn: packet.conn,
      summary: packet.summary,
    });
    return frame;
  }
}

export class Link {
  readonly random: Random;
  parameters: LinkParameters;
  readonly a: LinkEnd;
  readonly b: LinkEnd;

  constructor(
    readonly kernel: Kernel,
    readonly frames: FrameCounter,
    readonly id: LinkId,
    /** The attachments at the two ends; the same one for a loopback. */
    readonly ends: readonly [Attachment, Attachment],
    parameters: Partial<LinkParameters>,
  ) {
    this.random = kernel.random(`link/${id}`);
    this.parameters = { ...DEFAULT_LINK, ...parameters };
    const a = new Direction(this, ends[0].node);
    const b = new Direction(this, ends[1].node);
    a.target = { attachment: ends[1], end: b };
    b.target = { attachment: ends[0], end: a };
    this.a = a;
    this.b = b;
  }

  /** Takes effect for frames sent from now on; a cut also for those on their way. */
  change(parameters: Partial<LinkParameters>): void {
    this.parameters = { ...this.parameters, ...parameters };
  }
}
