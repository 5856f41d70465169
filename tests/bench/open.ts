/** From the address of a scenario to its first frame on the stage, on the built app in a real browser. */
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const { serveSite } = (await import('../../tools/lib/site.mjs' as string)) as {
  serveSite(
    folder: string,
    port: number,
  ): Promise<{ server: { close(): void; closeAllConnections(): void }; port: number }>;
};
const { installedBrowser } = (await import('../../tools/lib/browser.mjs' as string)) as {
  installedBrowser(): string | undefined;
};

const path = installedBrowser();
const { server, port } = await serveSite(fileURLToPath(new URL('../../dist', import.meta.url)), 4400);
const browser = await chromium.launch({
  ...(path === undefined ? {} : { executablePath: path }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const times: number[] = [];
for (let i = 0; i < 5; i++) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const began = performance.now();
  await page.goto(`http://localhost:${port}/#/s/envio-transferencia-recepcion`);
  await page.locator('.round.play').click();
  await page.locator('.pill').first().waitFor();
  times.push(performance.now() - began);
  await context.close();
}
await browser.close();
server.closeAllConnections();
server.close();
console.log(
  `from address to first animated frame, cold page (the demo waits half a second of its own): ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`,
);
