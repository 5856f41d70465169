/** Any moment of a run, however it is come to, shows what a recording that ends there shows: nothing of the future leaks back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Fold,
  foldAll,
  History,
  logsFold,
  mailboxesFold,
  queuesFold,
  Recording,
  segmentsFold,
} from '../../../src/trace/index.ts';
import { mailRun } from './run.ts';

const run = await mailRun(7);
const { entries, payloads } = run;
const whole = new Recording();
whole.append(entries, payloads);

function upTo(length: number): Recording {
  const recording = new Recording();
  recording.append(entries.slice(0, length), payloads);
  return recording;
}

const position = fc.integer({ min: 0, max: entries.length });

describe('History', () => {
  const folds: readonly (readonly [string, Fold<unknown>])[] = [
    ['segments', segmentsFold],
    ['queues', queuesFold],
    ['mailboxes', mailboxesFold],
    ['logs', logsFold],
  ];
  test.each(folds)('of %s: a seek equals the fold of everything before, in any order of seeks', (_name, fold) => {
    const history = new History(fold, run);
    fc.assert(
      fc.property(position, (length) => {
        expect(history.at(length)).toEqual(foldAll(fold, entries.slice(0, length), run));
      }),
      { numRuns: 40 },
    );
  });

  test('after the run was cut and went another way, nothing of the old way is left', async () => {
    const other = await mailRun(8);
    const same = entries.findIndex((entry, i) => JSON.stringify(entry) !== JSON.stringify(other.entries[i]));
    const cut = Math.min(same, 700);
    const run = { entries: [...entries], payload: () => undefined };
    const history = new History(segmentsFold, run);
    history.at(entries.length);
    run.entries.length = cut;
    run.entries.push(...other.entries.slice(cut));
    expect(history.at(run.entries.length)).toEqual(foldAll(segmentsFold, run.entries));
  });
});

describe('Recording', () => {
  test('a run as large as this one is worth folding: mail was queued, delivered, and frames were lost', () => {
    const types = new Set(entries.map(({ type }) => type));
    for (const type of ['queue', 'delivery', 'frame-dropped', 'terminal', 'session', 'pdu-received']) {
      expect(types).toContain(type);
    }
  });

  test('frames on their way at a moment are those of a recording that ends there', () => {
    fc.assert(
      fc.property(position, (length) => {
        const at = entries[length - 1]?.at ?? 0;
        const shown = ({ flight, progress, lost }: ReturnType<typeof whole.flights.at>[number]): unknown => ({
          frame: flight.frame,
          label: flight.label,
          progress,
          lost,
        });
        expect(whole.flights.at(at, length).map(shown)).toEqual(upTo(length).flights.at(at, length).map(shown));
      }),
      { numRuns: 60 },
    );
  });

  test('sessions open at a moment are those of a recording that ends there', () => {
    fc.assert(
      fc.property(position, (length) => {
        const ids = (recording: Recording): readonly string[] => recording.sessions.open(length).map(({ id }) => id);
        expect(ids(whole)).toEqual(ids(upTo(length)));
      }),
      { numRuns: 40 },
    );
  });

  test('nodes, goals and steps at a moment are those of a recording that ends there', () => {
    const nodes = [...new Set(entries.map(({ node }) => node))];
    fc.assert(
      fc.property(position, (length) => {
        const part = upTo(length);
        for (const node of nodes) expect(whole.nodes.node(node, length)).toEqual(part.nodes.node(node, length));
        expect(whole.guide.reached(length)).toEqual(part.guide.reached(length));
        expect(whole.guide.judged(length)).toEqual(part.guide.judged(length));
      }),
      { numRuns: 40 },
    );
  });

  test('a cut recording is the recording of what was kept', () => {
    const length = Math.floor(entries.length / 2);
    const cut = upTo(entries.length);
    cut.cut(length);
    const part = upTo(length);
    expect(cut.entries).toEqual(part.entries);
    expect(cut.ladder.rows).toEqual(part.ladder.rows);
    expect(cut.flights.all).toEqual(part.flights.all);
    expect(cut.markers).toEqual(part.markers);
  });
});
