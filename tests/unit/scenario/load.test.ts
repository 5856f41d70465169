import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskLibrary } from '../../../src/cli/library.ts';
import { Library } from '../../../src/scenario/index.ts';
import { loadFile } from '../../../src/scenario/load.ts';

const WORLD = readFileSync(new URL('../../../scenarios/worlds/practica.yaml', import.meta.url), 'utf8');

const base = `estafeta: 1
kind: lab
id: prueba
world: practica
title: { es: Prueba, en: Test }
summary: { es: Prueba, en: Test }
show: [pc-ana]
`;

const library = new Library([{ path: 'worlds/practica.yaml', text: WORLD }]);

function problems(extra: string): readonly string[] {
  const loaded = library.prepare('p.yaml', base + extra);
  return loaded.ok ? [] : loaded.problems.map(({ line, path, expected }) => `${line} ${path}: ${expected}`);
}

describe('scenario files', () => {
  it('every file of the project loads and all its references hold', () => {
    const own = diskLibrary();
    for (const id of own.ids) expect(own.open(id), id).toMatchObject({ ok: true });
    expect(own.summaries().problems).toEqual([]);
  });

  it('a sound file has no problems', () => {
    expect(problems('')).toEqual([]);
  });

  it.each([
    ['goals: [{ id: g, text: { es: a, en: b }, check: { pdu: { code: "x" } } }]', '8 goals[0].check.pdu.code'],
    ['goals: [{ id: g, text: { es: a, en: b }, check: { pdv: {} } }]', '8 goals[0].check'],
    ['goals: [{ id: g, text: { es: a }, check: { pdu: {} } }]', '8 goals[0].text.en'],
    ['unknown: 1', '8 unknown'],
    ['terminals: [pc-luna]', '8 terminals[0]'],
    [
      'steps:\n  - id: a\n    title: { es: a, en: b }\n    text: { es: a, en: b }\n    phase: nada',
      '12 steps[0].phase',
    ],
    ['goals: [{ id: g, text: { es: a, en: b }, check: { pdu: { node: luna } } }]', '8 goals[0].check.pdu.node'],
    ['goals: [{ id: g, text: { es: a, en: b }, check: { pdu: { args: "/(/" } } }]', '8 goals[0].check.pdu.args'],
    ['goals: [{ id: g, text: { es: a, en: b }, check: { pdu: { args: "/(a+)+b/" } } }]', '8 goals[0].check.pdu.args'],
  ])('%s is found at %s', (extra, place) => {
    const found = problems(extra);
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(`${place}: `), found[0]).toBe(true);
  });

  it('broken YAML says the line', () => {
    const loaded = loadFile('b.yaml', 'estafeta: 1\nkind: [lab\nid: x\n');
    expect(loaded).toMatchObject({ ok: false, problems: [{ file: 'b.yaml', line: 3 }] });
  });

  it('aliases are refused: no scenario needs them and they can expand without bound', () => {
    const loaded = loadFile('a.yaml', 'a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\n');
    expect(loaded.ok).toBe(false);
  });

  it('an unknown world or scenario is named', () => {
    const loaded = library.prepare('p.yaml', base.replace('world: practica', 'world: luna'));
    expect(loaded).toMatchObject({ ok: false, problems: [{ line: 4, path: 'world', got: 'luna' }] });
    expect(library.open('nada')).toMatchObject({ ok: false, problems: [{ got: 'nada' }] });
  });

  it('any text gives problems or a value, never an exception', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => typeof loadFile('f', text).ok === 'boolean'));
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof loadFile('f', JSON.stringify(value)).ok === 'boolean'));
  });
});
