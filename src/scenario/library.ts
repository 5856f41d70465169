/**
 * Where scenario texts come from, and how one is made ready to run: text → checked file → its world. The texts themselves are
 * brought by the platform (bundled in a browser, read from disk in Node).
 */
import { type Loaded, loadScenario, loadWorld, locate, showPath } from './load.ts';
import { checkScenario, checkWorld, type ReferenceProblem } from './references.ts';
import type { ScenarioFile } from './scenario-schema.ts';
import type { FileProblem, ScenarioSummary } from './view.ts';
import type { WorldFile } from './world-schema.ts';

/** A file of scenarios/, by its path there: `labs/smtp-a-mano.yaml`. */
export interface LibraryFile {
  readonly path: string;
  readonly text: string;
}

export interface Ready {
  readonly scenario: ScenarioFile;
  readonly world: WorldFile;
}

export class Library {
  private readonly byId = new Map<string, LibraryFile>();
  private readonly worlds = new Map<string, LibraryFile>();

  constructor(files: readonly LibraryFile[]) {
    for (const file of files) {
      const id = file.path.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
      if (/(^|\/)worlds\//.test(file.path)) this.worlds.set(id, file);
      else this.byId.set(id, file);
    }
  }

  get ids(): readonly string[] {
    return [...this.byId.keys()].sort();
  }

  /** Scenarios that load, and what is wrong with those that do not. */
  summaries(): { readonly scenarios: readonly ScenarioSummary[]; readonly problems: readonly FileProblem[] } {
    const scenarios: ScenarioSummary[] = [];
    const problems: FileProblem[] = [];
    for (const id of this.ids) {
      const file = this.byId.get(id) as LibraryFile;
      const loaded = loadScenario(file.path, file.text);
      if (!loaded.ok) problems.push(...loaded.problems);
      else scenarios.push(summary(loaded.value));
    }
    return { scenarios, problems };
  }

  /** A scenario of the library by id, with its world. */
  open(id: string): Loaded<Ready> {
    const file = this.byId.get(id);
    if (file !== undefined) return this.prepare(file.path, file.text);
    const got = id.length > 80 ? `${id.slice(0, 79)}…` : id;
    return {
      ok: false,
      problems: [{ file: 'scenarios', line: 0, column: 0, path: 'id', expected: `one of ${this.ids.join(', ')}`, got }],
    };
  }

  /** A scenario from any text: a file of a teacher's own. */
  prepare(path: string, text: string): Loaded<Ready> {
    const loaded = loadScenario(path, text);
    if (!loaded.ok) return loaded;
    const scenario = loaded.value;
    const world = this.world(scenario.world);
    if (world === undefined) {
      return this.failed(path, text, [
        { path: ['world'], expected: `one of ${[...this.worlds.keys()].join(', ')}`, got: scenario.world },
      ]);
    }
    if (!world.ok) return world;
    const problems = checkScenario(scenario, world.value);
    return problems.length > 0
      ? this.failed(path, text, problems)
      : { ok: true, value: { scenario, world: world.value } };
  }

  /** A world by id; `undefined` when there is none. */
  world(id: string): Loaded<WorldFile> | undefined {
    const file = this.worlds.get(id);
    return file === undefined ? undefined : this.prepareWorld(file.path, file.text);
  }

  prepareWorld(path: string, text: string): Loaded<WorldFile> {
    const loaded = loadWorld(path, text);
    if (!loaded.ok) return loaded;
    const problems = checkWorld(loaded.value);
    return problems.length > 0 ? this.failed(path, text, problems) : loaded;
  }

  private failed<T>(file: string, text: string, problems: readonly ReferenceProblem[]): Loaded<T> {
    return {
      ok: false,
      problems: problems.map(({ path, expected, got }) => ({
        file,
        ...locate(text, path),
        path: showPath(path),
        expected,
        got,
      })),
    };
  }
}

function summary(scenario: ScenarioFile): ScenarioSummary {
  const { id, kind, title, summary: text, topics, minutes } = scenario;
  return { id, kind, title, summary: text, topics, minutes, languages: ['es', 'en'] };
}
