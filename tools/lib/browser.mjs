/** Finds a browser for the tests: an installed Chrome, Chromium or Edge; where there is none, one is obtained the ordinary way. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { npx, run } from './run.mjs';

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'msedge'];

const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
};

/** Path of an installed browser, or `undefined`. */
export function installedBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen !== undefined && existsSync(chosen)) return chosen;
  for (const place of PLACES[process.platform] ?? []) if (existsSync(place)) return place;
  if (process.platform === 'win32') return undefined;
  for (const name of NAMES) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
    if (found !== '') return found;
  }
  return undefined;
}

/** What the tests are to use: `{ path }`, `{ bundled: true }` for Playwright's own, or `{ missing: reason }`. */
export async function obtainBrowser() {
  const installed = installedBrowser();
  if (installed !== undefined) return { path: installed };
  if (isDebian() && process.getuid?.() === 0) {
    console.log('No browser is installed: getting Chromium with apt.');
    await aptInstall(['chromium']);
    const path = installedBrowser();
    if (path !== undefined) return { path };
  }
  console.log("No browser is installed: getting Chromium with Playwright's installer.");
  if ((await npx('playwright', ['install', 'chromium'])) === 0) return { bundled: true };
  return { missing: 'no browser: install Chrome, Chromium or Edge, or set CHROME_PATH' };
}

export function isDebian() {
  return process.platform === 'linux' && existsSync('/etc/debian_version');
}

/** Installs Debian packages; only for root. Resolves to whether it worked. */
export async function aptInstall(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], env);
  return (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env)) === 0;
}
