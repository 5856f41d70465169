/**
 * Drives a simulation by the wall clock: virtual time follows real time, events run when they are due. Used by the bridge only;
 * everything else runs as fast as it can.
 */
import { performance } from 'node:perf_hooks';
import type { Simulation } from '../../scenario/index.ts';

export class WallClock {
  private readonly origin: number;
  private timer: NodeJS.Timeout | undefined;
  private running = false;
  private stopped = false;

  constructor(private readonly simulation: Simulation) {
    this.origin = performance.now() - simulation.now / 1000;
  }

  /** Brings the simulation up to now, lets `act` change it, and runs what became due. */
  enter(act: () => void): void {
    if (this.stopped) return;
    this.simulation.kernel.idleUntil(this.now());
    act();
    this.run();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private now(): number {
    return Math.floor((performance.now() - this.origin) * 1000);
  }

  private run(): void {
    if (this.running || this.stopped) return;
    this.running = true;
    const { simulation } = this;
    const { kernel } = simulation;
    const now = this.now();
    while (!kernel.held && kernel.nextAt !== undefined && kernel.nextAt <= now) {
      if (simulation.step() !== 'stepped') break;
    }
    this.running = false;
    if (kernel.held) {
      void simulation.settled().then(() => this.run());
      return;
    }
    const next = kernel.nextAt;
    clearTimeout(this.timer);
    if (next === undefined) return;
    // Timers of Node wait a millisecond at least; what is due within one is run at once after this turn.
    const wait = Math.min((next - this.now()) / 1000, 60_000);
    if (wait < 1) setImmediate(() => this.run());
    else this.timer = setTimeout(() => this.run(), wait);
  }
}
