/**
 * A student types the whole lab in the terminals of the built workbench: sends by SMTP, steps back to the middle, goes on from there,
 * reads by POP3 and by IMAP, and meets every goal. In Spanish and in English.
 */
import { expect, type Page, test } from '@playwright/test';

const TEXTS = {
  es: {
    locale: 'es-ES',
    back: 'Mensaje anterior',
    past: 'Estás en el pasado',
    done: 'Has cumplido los 10 objetivos',
    count: '10 de 10',
  },
  en: {
    locale: 'en-GB',
    back: 'Previous message',
    past: 'You are in the past',
    done: 'You have met all 10 goals',
    count: '10 of 10',
  },
} as const;

/** Types a line into a node's terminal, as a person does. */
async function type(page: Page, node: string, line: string): Promise<void> {
  const terminal = page.locator(`[data-session="${node}:0"]`);
  await terminal.locator('textarea').focus();
  await page.keyboard.type(`${line}\n`);
}

/** The text on a terminal's screen. */
function screen(page: Page, node: string) {
  return page.locator(`[data-session="${node}:0"] .xterm-rows`);
}

async function say(page: Page, node: string, line: string, answer: string | RegExp): Promise<void> {
  await type(page, node, line);
  await expect(screen(page, node)).toContainText(answer, { timeout: 15_000 });
}

for (const [language, texts] of Object.entries(TEXTS)) {
  test(`the whole lab by hand (${language})`, async ({ browser }) => {
    const context = await browser.newContext({ locale: texts.locale });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto('/#/s/smtp-a-mano');
    await expect(screen(page, 'pc-ana')).toContainText('ana@pc-ana');

    // A wrong command first, as happens.
    await say(page, 'pc-ana', 'telnet smtp.alba.example 25', '220 smtp.alba.example');
    await say(page, 'pc-ana', 'HOLA', '500');
    await say(page, 'pc-ana', 'EHLO pc-ana.alba.example', '250 8BITMIME');
    await say(page, 'pc-ana', 'MAIL FROM:<ana@alba.example>', '250 2.1.0');
    await say(page, 'pc-ana', 'RCPT TO:<nadie@brisa.example>', '250 2.1.5');

    // Back past the reply, the command's arrival, and its typing; and on differently from there.
    for (let i = 0; i < 3; i++) await page.getByRole('button', { name: texts.back }).click();
    await expect(page.getByText(texts.past)).toBeVisible();
    await expect(screen(page, 'pc-ana')).not.toContainText('250 2.1.5');
    await say(page, 'pc-ana', 'RCPT TO:<bruno@brisa.example>', '250 2.1.5');
    await expect(page.getByText(texts.past)).toHaveCount(0);
    await expect(screen(page, 'pc-ana')).not.toContainText('nadie@');

    await say(page, 'pc-ana', 'DATA', '354');
    for (const line of ['Subject: desde el terminal', '', 'Hola, Bruno:', '..dos puntos'])
      await type(page, 'pc-ana', line);
    await say(page, 'pc-ana', '.', 'queued as');
    await say(page, 'pc-ana', 'QUIT', 'Connection closed by foreign host.');

    await say(page, 'pc-bruno', 'telnet pop.brisa.example 110', '+OK');
    await type(page, 'pc-bruno', 'USER bruno');
    await say(page, 'pc-bruno', 'PASS bruno-2026', /Logged in/i);
    await say(page, 'pc-bruno', 'RETR 1', 'desde el terminal');
    await say(page, 'pc-bruno', 'QUIT', 'Connection closed by foreign host.');

    await say(page, 'pc-bruno', 'telnet imap.brisa.example 143', 'IMAP Estafeta');
    await say(page, 'pc-bruno', 'a1 LOGIN bruno bruno-2026', 'a1 OK');
    await say(page, 'pc-bruno', 'a2 SELECT INBOX', 'a2 OK');
    await say(page, 'pc-bruno', 'a3 FETCH 1 BODY[]', 'a3 OK');
    await say(page, 'pc-bruno', 'a4 LOGOUT', 'Connection closed by foreign host.');

    await expect(page.getByText(texts.count)).toBeVisible();
    await expect(page.getByText(texts.done)).toBeVisible();

    // Closing the tab and coming back: the lab is where it was.
    await page.waitForTimeout(1000);
    await page.reload();
    await expect(page.getByText(texts.done)).toBeVisible();
    await expect(screen(page, 'pc-bruno')).toContainText('a4 OK');
    expect(problems).toEqual([]);
    await context.close();
  });
}
