import { defineConfig } from '@playwright/test';

const browser = process.env['ESTAFETA_BROWSER'];
const PORT = 4317;

export default defineConfig({
  testDir: 'tests/e2e',
  timeout: 120_000,
  workers: 2,
  forbidOnly: true,
  reporter: [['list'], ['json']],
  use: {
    baseURL: `http://localhost:${PORT}`,
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(browser === undefined ? {} : { executablePath: browser }),
      // Containers have no user namespaces for the sandbox; the pages are our own.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  webServer: {
    command: `node tools/start.mjs`,
    env: { PORT: `${PORT}` },
    port: PORT,
    reuseExistingServer: false,
    timeout: 120_000,
  },
});
