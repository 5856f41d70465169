/** Where a run is kept between visits: the input log and the place reached, one record a scenario, in the browser's database. */
import { type DBSchema, openDB } from 'idb';
import type { InputRecord } from '../../core/index.ts';

export interface SavedRun {
  readonly scenario: string;
  readonly seed: number;
  readonly inputs: readonly InputRecord[];
  /** Kernel events run. */
  readonly step: number;
}

interface Schema extends DBSchema {
  runs: { key: string; value: SavedRun };
}

const open = () =>
  openDB<Schema>('estafeta', 1, {
    upgrade(database) {
      database.createObjectStore('runs', { keyPath: 'scenario' });
    },
  });

/** `undefined` when there is none, or when the browser keeps nothing (private windows). */
export async function loadRun(scenario: string): Promise<SavedRun | undefined> {
  try {
    return await (await open()).get('runs', scenario);
  } catch {
    return undefined;
  }
}

export async function saveRun(run: SavedRun): Promise<void> {
  try {
    await (await open()).put('runs', run);
  } catch {
    // Nothing can be kept here: the lab works all the same.
  }
}

export async function forgetRun(scenario: string): Promise<void> {
  try {
    await (await open()).delete('runs', scenario);
  } catch {
    // As above.
  }
}
