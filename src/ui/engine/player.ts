/**
 * One run as a front end plays it: the engine behind a worker, the recording of what it told, and the moment that is shown. In the
 * present it asks the engine to go on as fast as it is watched; in the past it plays the recording. Whoever acts in the past forks it.
 */
import type { Action, InputRecord, Micros } from '../../core/index.ts';
import type { EngineEvent, EngineRequest, Pace } from '../../engine/index.ts';
import type { FileProblem, ScenarioView, WorldView } from '../../scenario/index.ts';
import { type Moment, PaceClock, Recording } from '../../trace/index.ts';
import { forgetRun, loadRun, saveRun } from './store.ts';

export type Status = 'loading' | 'ready' | 'failed' | 'crashed';

/** The longest stretch of real time, µs, that one frame of animation may stand for: a tab that slept does not jump. */
const LONGEST_FRAME = 100_000;
const SAVE_EVERY = 700;

export class Player {
  readonly recording = new Recording();
  status: Status = 'loading';
  problems: readonly FileProblem[] = [];
  crash = '';
  scenario: ScenarioView | undefined;
  world: WorldView | undefined;
  seed = 1;
  moment: Moment = { length: 0, at: 0 };
  playing = false;
  /** Times the normal speed. */
  rate = 1;
  pace: Pace = 'lesson';
  held = false;
  /** Nothing is left to happen. */
  atRest = false;
  exceeded = false;
  /** Changes when the past is replaced: what was drawn from it must be drawn anew. */
  version = 0;
  /** Changes with everything that is shown. */
  revision = 0;
  digest = '';
  private readonly listeners = new Set<() => void>();
  private readonly worker: Worker;
  private requests = 0;
  private answered = 0;
  private engineNow: Micros = 0;
  private step = 0;
  private inputs: readonly InputRecord[] = [];
  private frame = 0;
  private lastFrame = 0;
  private pastClock: PaceClock | undefined;
  private saveTimer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    readonly id: string,
    seed: number,
    private readonly source?: string,
  ) {
    this.seed = seed;
    this.worker = new Worker(new URL('../../engine/worker.ts', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }: MessageEvent<EngineEvent>) => this.take(data);
    this.worker.onerror = (event) => this.fail(event.message);
    void this.begin();
    this.frame = requestAnimationFrame(this.tick);
    addEventListener('pagehide', this.save);
    document.addEventListener('visibilitychange', this.save);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Whether the newest moment is shown. */
  get live(): boolean {
    return this.moment.length >= this.recording.length;
  }

  // ── what a person does ──────────────────────────────────────────────────────────────────────────────────────

  input(action: Action): void {
    if (this.status !== 'ready') return;
    if (!this.live) this.fork();
    this.send({ type: 'input', action });
  }

  /** Keys typed into a terminal: whoever types wants to see what happens. */
  keys(session: string, data: string): void {
    this.input({ type: 'keys', session, data });
    if (/[\r\n]/.test(data) && !this.playing) this.play();
  }

  play(): void {
    this.playing = true;
    this.lastFrame = 0;
    this.changed();
  }

  pause(): void {
    this.playing = false;
    this.changed();
  }

  setRate(rate: number): void {
    this.rate = rate;
    this.changed();
  }

  setPace(pace: Pace): void {
    this.pace = pace;
    this.changed();
  }

  /** Shows the moment of the first `length` entries. */
  seek(length: number): void {
    const bounded = Math.max(0, Math.min(this.recording.length, length));
    const at = bounded >= this.recording.length ? this.engineNow : (this.recording.entries[bounded - 1]?.at ?? 0);
    this.show({ length: bounded, at });
  }

  toStart(): void {
    this.playing = false;
    this.seek(this.openingLength());
  }

  toEnd(): void {
    this.seek(this.recording.length);
  }

  /** To just after the message before (−1) or after (+1) the moment shown; forward in the present, the engine goes on. */
  stepBy(direction: -1 | 1): void {
    this.playing = false;
    const { length } = this.moment;
    let found: number | undefined;
    for (const { seq, received, kind } of this.recording.ladder.rows) {
      if (kind !== 'pdu') continue;
      const place = (received?.seq ?? seq) + 1;
      if (direction === -1 && place < length) found = Math.max(found ?? 0, place);
      if (direction === 1 && place > length) found = Math.min(found ?? place, place);
    }
    if (found !== undefined) return this.seek(found);
    if (direction === -1) return this.seek(this.openingLength());
    if (this.live) this.send({ type: 'step', by: 'pdu' });
    else this.toEnd();
  }

  /** Forgets everything and begins again. */
  async restart(): Promise<void> {
    this.playing = false;
    clearTimeout(this.saveTimer);
    this.inputs = [];
    await forgetRun(this.key);
    this.send({ type: 'load', scenario: this.id, seed: this.seed, ...this.sourceField() });
  }

  /** Runs whatever is left to happen, and asks for the digest of the whole trace: what `estafeta run` prints. */
  askDigest(): void {
    this.send({ type: 'run', quiet: Number.MAX_SAFE_INTEGER });
    this.send({ type: 'digest' });
  }

  close(): void {
    this.save();
    this.closed = true;
    cancelAnimationFrame(this.frame);
    removeEventListener('pagehide', this.save);
    document.removeEventListener('visibilitychange', this.save);
    this.worker.terminate();
  }

  // ── engine ──────────────────────────────────────────────────────────────────────────────────────────────────

  private get key(): string {
    return this.source === undefined ? this.id : `file:${this.id}`;
  }

  private sourceField(): { source?: string } {
    return this.source === undefined ? {} : { source: this.source };
  }

  private async begin(): Promise<void> {
    const saved = await loadRun(this.key);
    const resume = saved !== undefined && saved.seed === this.seed ? saved : undefined;
    this.send({
      type: 'load',
      scenario: this.id,
      seed: this.seed,
      ...this.sourceField(),
      ...(resume === undefined ? {} : { inputs: resume.inputs, upToStep: resume.step }),
    });
  }

  private send(request: EngineRequest): void {
    if (this.closed) return;
    if (request.type === 'advance' || request.type === 'step' || request.type === 'run') this.requests++;
    this.worker.postMessage(request);
  }

  private take(event: EngineEvent): void {
    switch (event.type) {
      case 'loaded':
        this.status = 'ready';
        this.scenario = event.scenario;
        this.world = event.world;
        this.seed = event.seed;
        this.pace = event.scenario.pace;
        this.recording.cut(0);
        this.version++;
        this.requests = 0;
        this.answered = 0;
        this.moment = { length: 0, at: 0 };
        this.engineNow = 0;
        if (event.scenario.kind === 'lab') this.playing = true;
        break;
      case 'failed':
        this.status = 'failed';
        this.problems = event.problems;
        break;
      case 'progress':
        return this.progress(event);
      case 'rewound':
        this.recording.cut(event.length);
        this.version++;
        this.moment = { length: this.recording.length, at: this.moment.at };
        break;
      case 'inputs':
        this.inputs = event.inputs;
        this.saveSoon();
        return;
      case 'digest':
        this.digest = event.digest;
        break;
      case 'crashed':
        return this.fail(event.message);
    }
    this.changed();
  }

  private progress(event: Extract<EngineEvent, { type: 'progress' }>): void {
    const wasLive = this.live;
    if (event.entries.length > 0) this.recording.append(event.entries, event.payloads);
    this.engineNow = event.now;
    this.step = event.step;
    this.held = event.held;
    this.answered = event.answered;
    this.atRest = event.nextAt === undefined;
    this.exceeded = event.exceeded !== undefined;
    if (this.atRest && this.playing && this.live && event.entries.length === 0 && this.scenario?.kind === 'demo')
      this.playing = false;
    if (wasLive) this.moment = { length: this.recording.length, at: event.now };
    if (event.entries.length > 0) this.saveSoon();
    this.changed();
  }

  private fork(): void {
    const { length } = this.moment;
    this.pastClock = undefined;
    this.send({ type: 'fork', seq: length });
    // What comes back belongs to the new branch.
    this.recording.cut(length);
    this.version++;
    this.moment = { length: this.recording.length, at: this.moment.at };
  }

  private fail(message: string): void {
    this.status = 'crashed';
    this.crash = message;
    this.playing = false;
    this.changed();
  }

  // ── time ────────────────────────────────────────────────────────────────────────────────────────────────────

  private readonly tick = (now: number): void => {
    this.frame = requestAnimationFrame(this.tick);
    const elapsed = this.lastFrame === 0 ? 0 : Math.min(LONGEST_FRAME, (now - this.lastFrame) * 1000);
    this.lastFrame = now;
    if (!this.playing || this.status !== 'ready' || elapsed === 0) return;
    const span = elapsed * this.rate;
    if (!this.live) this.playPast(span);
    else if (this.requests <= this.answered) this.send({ type: 'advance', span, pace: this.pace });
  };

  private playPast(span: number): void {
    const { entries } = this.recording;
    if (this.pastClock === undefined) {
      this.pastClock = new PaceClock();
      for (const entry of entries.slice(Math.max(0, this.moment.length - 400), this.moment.length))
        this.pastClock.push(entry);
    }
    let { length, at } = this.moment;
    let left = span;
    while (length < entries.length && left > 0) {
      const next = entries[length]?.at ?? at;
      const reached = this.pastClock.fit(at, next, left, this.pace);
      at = reached.virtual;
      left = reached.left;
      if (at < next) break;
      while (length < entries.length && (entries[length]?.at ?? 0) <= at) {
        const entry = entries[length++];
        if (entry !== undefined) this.pastClock.push(entry);
      }
    }
    this.moment = { length, at };
    this.changed();
  }

  private show(moment: Moment): void {
    this.pastClock = undefined;
    this.moment = moment;
    this.changed();
  }

  /** Entries of the opening: hosts powered on, first step told. */
  private openingLength(): number {
    const { entries } = this.recording;
    let length = 0;
    while (length < entries.length && entries[length]?.at === 0 && entries[length]?.type !== 'frame-sent') length++;
    return length;
  }

  // ── keeping ─────────────────────────────────────────────────────────────────────────────────────────────────

  private saveSoon(): void {
    this.saveTimer ??= setTimeout(() => {
      this.saveTimer = undefined;
      this.save();
    }, SAVE_EVERY);
  }

  private readonly save = (): void => {
    if (this.status !== 'ready' || this.closed) return;
    void saveRun({ scenario: this.key, seed: this.seed, inputs: this.inputs, step: this.step });
  };

  private changed(): void {
    this.revision++;
    for (const listener of this.listeners) listener();
  }
}
