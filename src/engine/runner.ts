/**
 * The engine behind the message protocol: holds one simulation and moves it exactly as far as the front end has shown. Knows no
 * Worker and no socket; hosts (worker.ts, node hosts) give it a channel. Requests are carried out strictly one after another.
 */
import type { Action, InputRecord, Micros, TraceEntry } from '../core/index.ts';
import { type Library, type Ready, replay, type Simulation } from '../scenario/index.ts';
import { PaceClock } from '../trace/index.ts';
import type { EngineEvent, EngineRequest, Pace } from './messages.ts';

/** A `step` that finds nothing gives up after this many kernel events: a world that only ticks shows no frames. */
const STEP_EVENTS = 100_000;
/** Kernel events run in one go before a batch is sent, so that a long run shows progress and can be interrupted. */
const BATCH_EVENTS = 20_000;

export class EngineRunner {
  private simulation: Simulation | undefined;
  private ready: Ready | undefined;
  private pace = new PaceClock();
  private sentEntries = 0;
  private sentPayloads = 0;
  private answered = 0;
  /** Virtual time shown: between the last event run and the next one due. */
  private shown: Micros = 0;
  /** Trace length after each kernel step: where a fork must replay to. */
  private lengths: number[] = [];
  /** Trace position of each input's own entry. */
  private inputSeqs: number[] = [];
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly library: Library,
    private readonly post: (event: EngineEvent) => void,
  ) {}

  /** Takes a request; its answers are posted when its turn has come. */
  handle(request: EngineRequest): Promise<void> {
    this.work = this.work
      .then(() => this.carryOut(request))
      .catch((error: unknown) => {
        this.post({
          type: 'crashed',
          message: error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error),
        });
      });
    return this.work;
  }

  private async carryOut(request: EngineRequest): Promise<void> {
    switch (request.type) {
      case 'load':
        return this.load(request);
      case 'input':
        return this.input(request.action);
      case 'fork':
        return this.fork(request.seq);
      case 'digest':
        this.post({ type: 'digest', digest: this.simulation?.trace.digest() ?? '' });
        return;
      case 'advance':
        await this.advance(request.span, request.pace);
        break;
      case 'step':
        await this.stepBy(request.by);
        break;
      case 'run':
        await this.runQuiet(request.quiet);
        break;
    }
    this.answered++;
    this.progress();
  }

  private async load(request: Extract<EngineRequest, { type: 'load' }>): Promise<void> {
    const opened =
      request.source === undefined
        ? this.library.open(request.scenario)
        : this.library.prepare(`${request.scenario}.yaml`, request.source);
    if (!opened.ok) {
      this.simulation = undefined;
      this.post({ type: 'failed', problems: opened.problems });
      return;
    }
    this.ready = opened.value;
    this.answered = 0;
    await this.rebuild(request.seed, request.inputs ?? [], request.upToStep ?? 0);
    const { script: _script, budget: _budget, ...scenario } = opened.value.scenario;
    const simulation = this.simulation as Simulation | undefined;
    if (simulation === undefined) return;
    this.post({ type: 'loaded', scenario, world: simulation.view(), seed: request.seed });
    this.sentEntries = 0;
    this.sentPayloads = 0;
    this.progress();
    this.postInputs();
  }

  private async rebuild(seed: number, inputs: readonly InputRecord[], upToStep: number): Promise<void> {
    if (this.ready === undefined) return;
    const simulation = await replay(this.ready.world, { seed, scenario: this.ready.scenario }, inputs, upToStep);
    this.simulation = simulation;
    this.shown = simulation.now;
    this.pace = new PaceClock();
    this.lengths = [];
    this.inputSeqs = [];
    this.followed = 0;
    this.follow();
  }

  private followed = 0;

  /** In a lab people think at their terminals: waits pass as they are, and only stepping jumps over them. */
  private get patient(): boolean {
    return this.ready?.scenario.kind === 'lab';
  }

  /** Feeds new entries to the presentation clock and the fork index. */
  private follow(): void {
    const { simulation } = this;
    if (simulation === undefined) return;
    const { entries } = simulation.trace;
    for (; this.followed < entries.length; this.followed++) {
      const entry = entries[this.followed] as TraceEntry;
      this.pace.push(entry);
      if (entry.type === 'input') this.inputSeqs.push(entry.seq);
    }
    this.lengths[simulation.kernel.step] = entries.length;
  }

  private async input(action: Action): Promise<void> {
    const { simulation } = this;
    if (simulation === undefined) return;
    simulation.kernel.idleUntil(this.shown);
    simulation.input(action);
    await simulation.settled();
    this.shown = Math.max(this.shown, simulation.now);
    this.follow();
    this.progress();
    this.postInputs();
  }

  /** Runs what fits in `span` µs of presentation time; what is left over moves the shown time towards the next event. */
  private async advance(span: number, pace: Pace): Promise<void> {
    const { simulation } = this;
    if (simulation === undefined) return;
    let left = span;
    for (let events = 0; events < BATCH_EVENTS; events++) {
      await simulation.settled();
      this.follow();
      const next = simulation.kernel.nextAt;
      const reached = this.pace.fit(this.shown, next, left, pace, this.patient);
      this.shown = reached.virtual;
      left = reached.left;
      if (next === undefined || this.shown < next) return;
      if (simulation.step() === 'stopped') return;
      this.shown = Math.max(this.shown, simulation.now);
    }
    this.follow();
  }

  private async stepBy(by: 'frame' | 'pdu'): Promise<void> {
    const type = by === 'frame' ? 'frame-sent' : 'pdu-received';
    await this.runWhile((seen) => !seen.some((entry) => entry.type === type), STEP_EVENTS);
  }

  private async runQuiet(quiet: Micros): Promise<void> {
    const { simulation } = this;
    if (simulation === undefined) return;
    const { kernel } = simulation;
    for (;;) {
      const ran = await this.runWhile(
        () => kernel.nextAt !== undefined && kernel.nextAt - kernel.now <= quiet,
        BATCH_EVENTS,
      );
      if (ran < BATCH_EVENTS) return;
      this.progress();
    }
  }

  /** Steps while `more` says so of the entries that the last step added; gives the number of steps. */
  private async runWhile(more: (added: readonly TraceEntry[]) => boolean, limit: number): Promise<number> {
    const { simulation } = this;
    if (simulation === undefined) return 0;
    let from = simulation.trace.entries.length;
    let steps = 0;
    while (steps < limit && more(simulation.trace.entries.slice(from))) {
      await simulation.settled();
      from = simulation.trace.entries.length;
      if (simulation.step() !== 'stepped') break;
      steps++;
      this.follow();
    }
    await simulation.settled();
    this.follow();
    this.shown = Math.max(this.shown, simulation.now);
    return steps;
  }

  /** Goes back to just before entry `seq`: replays the inputs made before it, up to the kernel event that it followed. */
  private async fork(seq: number): Promise<void> {
    const { simulation } = this;
    if (simulation === undefined) return;
    const keep = simulation.kernel.inputs.filter((_, i) => (this.inputSeqs[i] ?? Number.POSITIVE_INFINITY) < seq);
    const step = Math.max(this.stepAt(seq), keep[keep.length - 1]?.step ?? 0);
    const sent = this.sentEntries;
    await this.rebuild(simulation.seed, keep, step);
    const rebuilt = this.simulation as Simulation | undefined;
    if (rebuilt === undefined) return;
    const length = Math.min(seq, rebuilt.trace.length, sent);
    this.sentEntries = length;
    this.sentPayloads = payloadsBefore(rebuilt.trace.entries, length);
    this.post({ type: 'rewound', length });
    this.progress();
    this.postInputs();
  }

  /** The last kernel step after which the trace had at most `seq` entries. */
  private stepAt(seq: number): number {
    let step = 0;
    for (let i = 0; i < this.lengths.length; i++) {
      const length = this.lengths[i];
      if (length !== undefined && length <= seq) step = i;
    }
    return step;
  }

  private progress(): void {
    const { simulation } = this;
    if (simulation === undefined) return;
    const { trace, kernel } = simulation;
    const entries = trace.entries.slice(this.sentEntries);
    const payloads = trace.payloads.slice(this.sentPayloads);
    const firstPayload = this.sentPayloads;
    this.sentEntries = trace.entries.length;
    this.sentPayloads = trace.payloads.length;
    const nextAt = kernel.nextAt;
    this.post({
      type: 'progress',
      entries,
      payloads,
      firstPayload,
      now: this.shown,
      ...(nextAt === undefined ? {} : { nextAt }),
      step: kernel.step,
      held: kernel.held,
      ...(kernel.exceeded === undefined ? {} : { exceeded: kernel.exceeded }),
      answered: this.answered,
    });
  }

  private postInputs(): void {
    const { simulation, ready } = this;
    if (simulation === undefined || ready === undefined) return;
    this.post({
      type: 'inputs',
      inputs: [...simulation.kernel.inputs],
      seed: simulation.seed,
      scenario: ready.scenario.id,
    });
  }
}

/** Payloads that the first `length` entries refer to. */
function payloadsBefore(entries: readonly TraceEntry[], length: number): number {
  let count = 0;
  for (let i = 0; i < length; i++) {
    const entry = entries[i] as TraceEntry;
    if (entry.type === 'frame-sent' || entry.type === 'delivery') count = Math.max(count, entry.payload + 1);
  }
  return count;
}
