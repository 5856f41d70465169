/** The demonstration in a real browser: it can be watched to its end, and its trace is the same as in Node. */
import { execFileSync } from 'node:child_process';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('plays to its end, asking once on the way', async ({ page }) => {
  await page.goto('/#/s/envio-transferencia-recepcion');
  await expect(page.locator('.stage .tile').first()).toBeVisible();
  await page.locator('.time select').selectOption('16');
  await page.locator('.round.play').click();
  await page.getByRole('button', { name: '354' }).click({ timeout: 60_000 });
  await page.locator('.ask .primary').click();
  await expect(page.locator('.guide h2')).toHaveText(/Entregado|Delivered/, { timeout: 90_000 });
  // Back to the start: nothing has happened yet.
  await page.keyboard.press('Home');
  await page.locator('.round').first().click();
  await expect(page.locator('.guide h2')).toHaveText(/Ana/);
});

test('gives the same digest as Node, and another with another seed', async ({ page }) => {
  const inNode = (seed: number): string => {
    const out = execFileSync(
      process.execPath,
      ['bin/estafeta.mjs', 'run', 'envio-transferencia-recepcion', '--json', '--seed', `${seed}`],
      {
        encoding: 'utf8',
      },
    );
    return (JSON.parse(out) as { digest: string }).digest;
  };
  const inBrowser = async (seed: number): Promise<string> => {
    await page.goto(`/?digest#/s/envio-transferencia-recepcion?seed=${seed}`);
    await page.reload();
    const found = page.locator('[data-digest]');
    await expect(found).toHaveAttribute('data-digest', /^[0-9a-f]{64}$/, { timeout: 60_000 });
    return (await found.getAttribute('data-digest')) ?? '';
  };
  const first = await inBrowser(1);
  expect(first).toBe(inNode(1));
  expect(inNode(1)).toBe(first);
  const second = await inBrowser(2);
  expect(second).toBe(inNode(2));
  expect(second).not.toBe(first);
});

test('an address that names no scenario says what it expected', async ({ page }) => {
  await page.goto('/#/s/no-existe');
  await expect(page.getByRole('alert')).toContainText('smtp-a-mano');
});

for (const path of ['/', '/#/s/smtp-a-mano', '/#/s/envio-transferencia-recepcion']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`no accessibility violations: ${path} (${colorScheme})`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme });
      const page = await context.newPage();
      await page.goto(path);
      await expect(page.locator('h1').first()).toBeVisible();
      await page.waitForTimeout(500);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
      ).toEqual([]);
      await context.close();
    });
  }
}
