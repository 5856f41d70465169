/** The house rules: one file each in house-lint/. Prints what breaks them and ends with status 1. */
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';
import * as catalogues from './house-lint/catalogues.mjs';
import * as determinism from './house-lint/determinism.mjs';
import { filesBelow } from './house-lint/files.mjs';
import * as header from './house-lint/header.mjs';
import * as imports from './house-lint/imports.mjs';
import { checkMachines } from './house-lint/machines.mjs';
import * as promises from './house-lint/promises.mjs';
import * as size from './house-lint/size.mjs';
import * as words from './house-lint/words.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const RULES = [size, header, determinism, promises, imports, words];

const sources = ['src', 'tests', 'tools'].flatMap((folder) => filesBelow(root, folder, /\.(ts|tsx|mjs|css)$/));
const problems = sources.flatMap((file) =>
  RULES.flatMap((rule) => rule.check(file).map((text) => `${rule.name}: ${text}`)),
);

const i18n = filesBelow(root, 'src/i18n', /^(?!tsconfig).*\.json$/);
problems.push(...catalogues.checkAll(i18n).map((text) => `${catalogues.name}: ${text}`));

register();
const { PROTOCOLS } = await import('../src/protocols/registry.ts');
const { TCP_MACHINE } = await import('../src/net/tcp/machine.ts');
const machines = { tcp: TCP_MACHINE.definition };
for (const { roles } of PROTOCOLS) for (const role of roles) machines[role.id] = role.machine.definition;
const texts = { es: {}, en: {} };
for (const { path, text } of i18n) Object.assign(texts[path.includes('/es/') ? 'es' : 'en'], JSON.parse(text));
problems.push(...checkMachines(machines, texts).map((text) => `machines: ${text}`));

for (const problem of problems) console.log(problem);
console.log(problems.length === 0 ? 'House rules: nothing to say.' : `House rules: ${problems.length} to put right.`);
process.exitCode = problems.length === 0 ? 0 : 1;
