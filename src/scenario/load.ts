/**
 * From the text of a scenario or world file to a checked value, or to problems that say file, line, path and what was
 * expected. Owns parsing and schema errors; references between files and names are checked in references.ts.
 */
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type ScenarioFile, scenarioSchema } from './scenario-schema.ts';
import type { FileProblem } from './view.ts';
import { type WorldFile, worldSchema } from './world-schema.ts';

export type Loaded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Text longer than this is no scenario: the largest of ours is under 60 kB. */
const MAX_TEXT = 1_000_000;

export type AnyFile = WorldFile | ScenarioFile;

/** Reads a file of either kind, told apart by its `kind`. */
export function loadFile(file: string, text: string): Loaded<AnyFile> {
  const parsed = readYaml(file, text);
  if (!parsed.ok) return parsed;
  const kind = (parsed.value.json as { kind?: unknown } | null)?.kind;
  const schema: z.ZodType<AnyFile> = kind === 'world' ? worldSchema : scenarioSchema;
  return check(file, parsed.value, schema);
}

export function loadWorld(file: string, text: string): Loaded<WorldFile> {
  const parsed = readYaml(file, text);
  return parsed.ok ? check(file, parsed.value, worldSchema) : parsed;
}

export function loadScenario(file: string, text: string): Loaded<ScenarioFile> {
  const parsed = readYaml(file, text);
  return parsed.ok ? check(file, parsed.value, scenarioSchema) : parsed;
}

/** The place of `path` in a YAML text, for problems found after the schema has passed. */
export function locate(text: string, path: readonly PropertyKey[]): { line: number; column: number } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, ...YAML_OPTIONS });
  return place(document.contents, lines, path);
}

interface Parsed {
  readonly json: unknown;
  readonly root: Node | null;
  readonly lines: LineCounter;
}

/** Aliases are not expanded: no scenario needs them, and "billion laughs" does. */
const YAML_OPTIONS = { uniqueKeys: true, version: '1.2', schema: 'core' } as const;

function readYaml(file: string, text: string): Loaded<Parsed> {
  const problem = (line: number, column: number, expected: string, got: string): Loaded<Parsed> => ({
    ok: false,
    problems: [{ file, line, column, path: '', expected, got }],
  });
  if (text.length > MAX_TEXT) return problem(0, 0, `at most ${MAX_TEXT} characters`, `${text.length}`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, ...YAML_OPTIONS });
  const errors = document.errors.map((error): FileProblem => {
    const at = lines.linePos(error.pos[0]);
    return {
      file,
      line: at.line,
      column: at.col,
      path: '',
      expected: 'well-formed YAML',
      got: firstLine(error.message),
    };
  });
  if (errors.length > 0) return { ok: false, problems: errors };
  try {
    return { ok: true, value: { json: document.toJS({ maxAliasCount: 0 }), root: document.contents, lines } };
  } catch {
    return problem(1, 1, 'YAML without aliases', 'an alias (*name)');
  }
}

function check<T>(file: string, parsed: Parsed, schema: z.ZodType<T>): Loaded<T> {
  const result = schema.safeParse(parsed.json);
  if (result.success) return { ok: true, value: result.data };
  const problems = result.error.issues
    .flatMap((issue) => flatten(issue))
    .map((issue): FileProblem => {
      const at = place(parsed.root, parsed.lines, issue.path);
      return {
        file,
        line: at.line,
        column: at.column,
        path: showPath(issue.path),
        expected: expectation(issue.message),
        got: show(valueAt(parsed.json, issue.path)),
      };
    });
  return { ok: false, problems };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A failed union says only "invalid input"; its most advanced branch says what is really wrong. */
/** What was expected, out of `Invalid input: expected array, received undefined`. */
function expectation(message: string): string {
  return /^[^:]+: expected (.*?)(?:, received .*)?$/.exec(message)?.[1] ?? message;
}

function flatten(issue: z.core.$ZodIssue): readonly Issue[] {
  // The place is the key that nobody knows, not what contains it.
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'no such key' }));
  }
  if (issue.code !== 'invalid_union') return [{ path: issue.path, message: issue.message }];
  let best: { readonly depth: number; readonly issues: readonly z.core.$ZodIssue[] } | undefined;
  for (const branch of issue.errors) {
    const unknownKey = branch.some((inner) => inner.path.length === 0);
    const depth = unknownKey ? -1 : Math.max(0, ...branch.map((inner) => inner.path.length));
    if (best === undefined || depth > best.depth) best = { depth, issues: branch };
  }
  if (best === undefined || best.depth < 0)
    return [{ path: issue.path, message: 'one of the forms that the schema allows' }];
  return best.issues.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }));
}

function place(root: Node | null, lines: LineCounter, path: readonly PropertyKey[]): { line: number; column: number } {
  let node: unknown = root;
  let offset = (root?.range ?? [0])[0];
  for (const key of path) {
    if (typeof node !== 'object' || node === null || !('items' in node)) break;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else {
      node = (node as { items: unknown[] }).items[key as number];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    }
  }
  const at = lines.linePos(offset);
  return { line: at.line, column: at.col };
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = json;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** `['goals', 2, 'check']` → `goals[2].check`. */
export function showPath(path: readonly PropertyKey[]): string {
  let out = '';
  for (const key of path) out += typeof key === 'number' ? `[${key}]` : `${out === '' ? '' : '.'}${String(key)}`;
  return out;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
