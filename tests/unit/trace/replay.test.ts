/** Watching a recorded run again: it gets to its end, in one piece or in slices, and takes as long as the clock says. */
import { expect, test } from 'vitest';
import { Recording, Replay } from '../../../src/trace/index.ts';
import { mailRun } from './run.ts';

const run = await mailRun(3);
const recording = new Recording();
recording.append(run.entries, run.payloads);

test('goes forward through every entry in order, and stops at the end', () => {
  const replay = new Replay(recording);
  let moment = { length: 0, at: 0 };
  for (let i = 0; i < 1_000_000 && moment.length < recording.length; i++) {
    const next = replay.advance(moment, 50_000, 'lesson').moment;
    expect(next.at).toBeGreaterThan(moment.at);
    expect(next.length).toBe(recording.momentAt(next.at).length);
    moment = next;
  }
  expect(moment.length).toBe(recording.length);
  expect(replay.advance(moment, 50_000, 'lesson')).toEqual({ moment, left: 50_000 });
});

test('going on from a moment that was jumped to is like never having left it', () => {
  const steady = new Replay(recording);
  let moment = { length: 0, at: 0 };
  for (let i = 0; i < 300; i++) moment = steady.advance(moment, 40_000, 'lesson').moment;
  const jumped = new Replay(recording).advance(moment, 40_000, 'lesson').moment;
  const gone = steady.advance(moment, 40_000, 'lesson').moment;
  expect(jumped.length).toBe(gone.length);
  expect(Math.abs(jumped.at - gone.at)).toBeLessThanOrEqual(1);
});
