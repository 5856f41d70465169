/**
 * `npm test`: types, lint, dependency rule, unused code, house rules; unit, property and interop tests; the build; the browser tests.
 * Everything runs even when something has failed. The last line is the sum of the runners' own reports.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { obtainBrowser } from './lib/browser.mjs';
import { obtainClients } from './lib/clients.mjs';
import { npx, root, run } from './lib/run.mjs';

const reports = join(root, '.cache', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

let passed = 0;
let failed = 0;

/** A check that has no report of its own counts as one. */
async function check(title, work) {
  const began = performance.now();
  console.log(`\n── ${title}`);
  const status = await work();
  if (status === 0) passed++;
  else failed++;
  console.log(
    `── ${title}: ${status === 0 ? 'passed' : 'FAILED'} (${((performance.now() - began) / 1000).toFixed(1)} s)`,
  );
}

function report(name) {
  try {
    return JSON.parse(readFileSync(join(reports, name), 'utf8'));
  } catch {
    return undefined;
  }
}

await check('types', () => npx('tsc', ['-b']));
await check('lint', () => npx('biome', ['ci', '--error-on-warnings', '.']));
await check('house rules', () => run(process.execPath, ['tools/house-lint.mjs']));
await check('dependency rule', () => npx('depcruise', ['src', '--config', '.dependency-cruiser.cjs']));
await check('unused code', () => npx('knip', []));
await check('generated documents', () => run(process.execPath, ['tools/generate.mjs', '--check']));

await obtainClients();
console.log('\n── unit, property and interop tests');
const unitStatus = await npx('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${join(reports, 'vitest.json')}`,
]);
const unit = report('vitest.json');
if (unit === undefined) {
  console.log('vitest gave no report');
  failed++;
} else {
  passed += unit.numPassedTests;
  failed += unit.numFailedTests;
  // A file that cannot be loaded has no tests to fail.
  const broken = unit.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  failed += broken.length;
  if (unitStatus !== 0 && unit.numFailedTests === 0 && broken.length === 0) failed++;
  for (const { assertionResults } of unit.testResults) {
    for (const { status, fullName } of assertionResults) {
      if (status === 'pending' || status === 'skipped' || status === 'todo') console.log(`skipped: ${fullName}`);
    }
  }
}

await check('build', () => npx('vite', ['build', '--logLevel', 'warn']));

console.log('\n── browser tests');
const browser = await obtainBrowser();
if (browser.missing !== undefined) {
  console.log(browser.missing);
  failed++;
} else {
  const status = await npx('playwright', ['test'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json'),
    ...(browser.path === undefined ? {} : { ESTAFETA_BROWSER: browser.path }),
  });
  const e2e = report('playwright.json');
  if (e2e === undefined) {
    console.log('playwright gave no report');
    failed++;
  } else {
    passed += e2e.stats.expected + e2e.stats.flaky;
    failed += e2e.stats.unexpected + e2e.errors.length;
    if (e2e.stats.skipped > 0) console.log(`skipped: ${e2e.stats.skipped} browser tests (their reasons are above)`);
    if (status !== 0 && e2e.stats.unexpected === 0 && e2e.errors.length === 0) failed++;
  }
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
