import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';

interface File {
  readonly path: string;
  readonly text: string;
}

interface Rule {
  readonly name: string;
  check(file: File): string[];
}

/** The rules are plain modules without types. */
async function load<T>(name: string): Promise<T> {
  return (await import(`../../../tools/house-lint/${name}.mjs` as string)) as T;
}

const { checkAll } = await load<{ checkAll(files: readonly File[]): string[] }>('catalogues');
const { withoutComments } = await load<{ withoutComments(text: string): string }>('determinism');
const { filesBelow } = await load<{ filesBelow(root: string, folder: string, pattern: RegExp): File[] }>('files');
const { checkMachines } = await load<{
  checkMachines(machines: object, texts: Readonly<Record<string, object>>): string[];
}>('machines');

/** One complaint for each of `bad`, which names the file; none for any of `good`. */
interface Cases {
  readonly bad: readonly (readonly [what: string, path: string, text: string, says: RegExp])[];
  readonly good: readonly (readonly [what: string, path: string, text: string])[];
}

// The rule about words reads this file too: what it forbids is put together here.
const HOMES = ['', 'home', ''].join('/');

const CASES: Readonly<Record<string, Cases>> = {
  size: {
    bad: [['a file of 501 lines', 'src/core/a.ts', '\n'.repeat(501), /501 lines/]],
    good: [
      ['a file of 500 lines', 'src/core/a.ts', '\n'.repeat(500)],
      ['a long style sheet', 'src/ui/a.css', '\n'.repeat(501)],
    ],
  },
  header: {
    bad: [
      ['code at once', 'src/core/a.ts', 'export const a = 1;\n', /no comment/],
      ['an ordinary comment', 'src/ui/a.tsx', '// What for.\n', /no comment/],
    ],
    good: [
      ['a header', 'src/core/a.ts', '/** What for. */\nexport const a = 1;\n'],
      ['a test', 'tests/unit/a.test.ts', 'export const a = 1;\n'],
    ],
  },
  determinism: {
    bad: [
      ['real time', 'src/core/a.ts', 'const a = Date.now();', /Date\.now/],
      ['the present date', 'src/hosts/a.ts', 'const a = new Date();', /new Date/],
      ['real chance', 'src/net/a.ts', 'const a = Math.random();', /Math\.random/],
      ['a timeout', 'src/engine/a.ts', 'setTimeout(f, 1);', /timers/],
      ['an interval', 'src/views/a.ts', 'setInterval(f, 1);', /timers/],
      ['a stopwatch', 'src/trace/a.ts', 'performance.now();', /performance/],
      ['random octets', 'src/mail/a.ts', 'crypto.getRandomValues(a);', /randomness/],
    ],
    good: [
      ['a date that was given', 'src/core/a.ts', 'const a = new Date(now);'],
      ['a comment', 'src/core/a.ts', '/* not Date.now() */ const a = 1; // nor Math.random()\n'],
      ['the interface', 'src/ui/a.ts', 'setTimeout(f, 1);'],
    ],
  },
  promises: {
    bad: [
      ['an async function', 'src/protocols/a.ts', 'async function f() {}', /no promises/],
      ['await', 'src/net/a.ts', 'await f();', /no promises/],
      ['a promise', 'src/wire/a.ts', 'const a: Promise<void> = b;', /no promises/],
    ],
    good: [
      ['plain code', 'src/protocols/a.ts', 'const awaiting = 1;'],
      ['a comment', 'src/mail/a.ts', '// never async\n'],
      ['a host', 'src/hosts/a.ts', 'async function f() {}'],
    ],
  },
  imports: {
    bad: ['wire', 'net', 'hosts', 'cli'].map((layer) => [
      layer,
      'src/ui/home/a.tsx',
      `import { a } from '../../${layer}/index.ts';`,
      new RegExp(`import ${layer}`),
    ]),
    good: [
      ['the engine', 'src/ui/home/a.tsx', "import { a } from '../../engine/index.ts';"],
      ['a folder of the interface of that name', 'src/ui/home/a.tsx', "import { a } from './hosts/a.ts';"],
      ['another layer', 'src/engine/a.ts', "import { a } from '../hosts/index.ts';"],
    ],
  },
  words: {
    bad: [
      ['a registry', 'src/core/a.ts', `// https://${'registry'}.npm.example/a`, /registry/],
      ['a home', 'tests/a.ts', `const a = '${HOMES}somebody/a';`, /home/],
      ['a home on another system', 'tools/a.mjs', `const a = '/${'Users'}/somebody/a';`, /Users/],
    ],
    good: [
      ['a home in the lab', 'src/hosts/a.ts', `const a = '${HOMES}ana/Maildir';`],
      ['any home', 'src/hosts/a.ts', `const a = \`${HOMES}\${user}/Maildir\`;`],
      ['a registry of ours', 'src/protocols/a.ts', "import { PROTOCOLS } from './registry.ts';"],
      ['the rules themselves', 'tools/house-lint/a.mjs', `'${HOMES}somebody/a'`],
    ],
  },
};

const RULES = await Promise.all(Object.keys(CASES).map((name) => load<Rule>(name)));

describe.each(RULES)('the rule $name', ({ name, check }) => {
  const { bad, good } = CASES[name] as Cases;

  it.each(bad)('catches %s', (_, path, text, says) => {
    const problems = check({ path, text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(says);
    expect(problems[0]?.startsWith(`${path}: `)).toBe(true);
  });

  it.each(good)('lets pass %s', (_, path, text) => {
    expect(check({ path, text })).toEqual([]);
  });
});

it('tells comments from addresses', () => {
  expect(withoutComments("const a = 'smtp://b'; // c\n/* d\n e */f")).toBe("const a = 'smtp://b';\nf");
});

describe('the rule catalogues', () => {
  const both = (es: object, en: object): readonly File[] => [
    { path: 'src/i18n/es/a.json', text: JSON.stringify(es) },
    { path: 'src/i18n/en/a.json', text: JSON.stringify(en) },
  ];

  it('lets pass two that say the same, and the plural that Spanish has and English has not', () => {
    expect(checkAll(both({ a: 'uno', b_many: 'muchos' }, { a: 'one' }))).toEqual([]);
    expect(checkAll([{ path: 'src/i18n/index.ts', text: 'not JSON' }])).toEqual([]);
  });

  it.each([
    [
      'a file without a twin',
      both({ a: 'uno' }, { a: 'one' }).slice(0, 1),
      'src/i18n/es/a.json: src/i18n/en/a.json is missing',
    ],
    [
      'a key that English lacks',
      both({ a: 'uno', b: 'dos' }, { a: 'one' }),
      'src/i18n/es/a.json: b is not in src/i18n/en/a.json',
    ],
    [
      'a key that Spanish lacks',
      both({ a: 'uno' }, { a: 'one', b: 'two' }),
      'src/i18n/en/a.json: b is not in src/i18n/es/a.json',
    ],
    ['an empty sentence', both({ a: ' ' }, { a: 'one' }), 'src/i18n/es/a.json: a says nothing'],
    ['what is no sentence', both({ a: 'uno' }, { a: { b: 'one' } }), 'src/i18n/en/a.json: a says nothing'],
  ])('catches %s', (_, files, problem) => {
    expect(checkAll(files)).toEqual([problem]);
  });
});

describe('the rule machines', () => {
  const clause = { rfc: '5321#4.1.1' };
  const machine = (state: object, transition: object): object =>
    createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { on: { GO: { target: 'b', ...transition } }, ...state }, b: { description: 'b' } },
    });
  const texts = { es: { a: 'a', b: 'b', go: 'va' }, en: { a: 'a', b: 'b', go: 'goes' } };
  const sound = machine({ description: 'a' }, { description: 'go', meta: clause });

  it('lets pass one that says everything', () => {
    expect(checkMachines({ m: sound }, texts)).toEqual([]);
  });

  it.each([
    ['a state without description', machine({}, { description: 'go', meta: clause }), 'm a: no description'],
    ['a transition without description', machine({ description: 'a' }, { meta: clause }), 'm a on GO: no description'],
    ['a transition without clause', machine({ description: 'a' }, { description: 'go' }), 'm a on GO: no meta.rfc'],
    [
      'a clause that is none',
      machine({ description: 'a' }, { description: 'go', meta: { rfc: 'RFC 5321' } }),
      'm a on GO: no meta.rfc',
    ],
  ])('catches %s', (_, definition, problem) => {
    expect(checkMachines({ m: definition }, texts)).toEqual([problem]);
  });

  it('catches what one language does not say', () => {
    const { go: _, ...rest } = texts.en;
    expect(checkMachines({ m: sound }, { es: texts.es, en: rest })).toEqual([
      'm a on GO: go is not in the en catalogues',
    ]);
  });

  it('looks at the transitions of the whole machine too', () => {
    const definition = createMachine({ id: 'm', on: { '*': { description: 'go' } } });
    expect(checkMachines({ m: definition }, texts)).toEqual(['m on *: no meta.rfc']);
  });
});

describe('the files that are looked at', () => {
  it('are those below the folder whose names match, with what they hold', () => {
    const root = mkdtempSync(join(tmpdir(), 'house-lint-'));
    try {
      mkdirSync(join(root, 'src/inner'), { recursive: true });
      writeFileSync(join(root, 'src/a.ts'), 'a');
      writeFileSync(join(root, 'src/inner/b.ts'), 'b');
      writeFileSync(join(root, 'src/c.txt'), 'c');
      writeFileSync(join(root, 'd.ts'), 'd');
      const found = filesBelow(root, 'src', /\.ts$/).sort((one, other) => one.path.localeCompare(other.path));
      expect(found).toEqual([
        { path: 'src/a.ts', text: 'a' },
        { path: 'src/inner/b.ts', text: 'b' },
      ]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
