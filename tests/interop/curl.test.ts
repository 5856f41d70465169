/** curl as a real mail client: what it sends crosses the simulated network into the mailbox, and comes back byte for byte. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serve } from './serve.ts';

const present = spawnSync('curl', ['--version']).error === undefined;
if (!present) console.log('skipped: curl is not installed, so no real client can be tried');

interface Ran {
  readonly status: number;
  readonly out: Buffer;
  readonly err: string;
}

function curl(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      'curl',
      ['-sS', '--max-time', '20', ...args],
      { encoding: 'buffer', maxBuffer: 64e6 },
      (error, out, err) => {
        resolve({ status: error === null ? 0 : Number(error.code), out, err: err.toString() });
      },
    );
  });
}

/** A message with an attachment of every octet, quoted dots, and long lines. */
function realMessage(): Buffer {
  const attachment = Buffer.from(Array.from({ length: 4096 }, (_, i) => i % 256)).toString('base64');
  return Buffer.from(
    [
      'From: Someone <me@example.org>',
      'To: Bruno <bruno@brisa.example>',
      'Subject: =?UTF-8?Q?Adjuntos_y_puntos?=',
      'Date: Mon, 02 Mar 2026 09:00:00 +0100',
      'Message-ID: <real-1@example.org>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="frontera"',
      '',
      '--frontera',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '.una l=C3=ADnea que empieza por punto',
      '..y otra con dos',
      '.',
      `${'x'.repeat(900)}`,
      '--frontera',
      'Content-Type: application/octet-stream; name="todos.bin"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="todos.bin"',
      '',
      ...(attachment.match(/.{1,76}/g) ?? []),
      '--frontera--',
      '',
    ].join('\r\n'),
  );
}

describe.skipIf(!present)('curl', () => {
  let served: Served;
  const folder = mkdtempSync(join(tmpdir(), 'estafeta-'));
  const file = join(folder, 'real.eml');
  const port = (host: string, protocol: string): number =>
    served.services.find((service) => service.host === host && service.protocol === protocol)?.port ?? 0;

  beforeAll(async () => {
    served = await serve();
    writeFileSync(file, realMessage());
  });

  afterAll(async () => {
    await served.stop();
    rmSync(folder, { recursive: true });
  });

  test('sends by SMTP, and POP3 gives the message back byte for byte', async () => {
    const sent = await curl(
      '--mail-from',
      'me@example.org',
      '--mail-rcpt',
      'bruno@brisa.example',
      '-T',
      file,
      `smtp://127.0.0.1:${port('mx1-brisa', 'smtp')}`,
    );
    expect(sent.err).toBe('');
    expect(sent.status).toBe(0);
    // The message goes on to the delivery agent by itself; POP3 sees it a moment later.
    let got = await curl('-u', 'bruno:bruno-2026', `pop3://127.0.0.1:${port('mda-brisa', 'pop3')}/1`);
    for (let tries = 0; got.status !== 0 && tries < 40; tries++) {
      got = await curl('-u', 'bruno:bruno-2026', `pop3://127.0.0.1:${port('mda-brisa', 'pop3')}/1`);
    }
    expect(got.status).toBe(0);
    const original = readFileSync(file);
    // What was added is in front: Return-Path and Received.
    expect(got.out.subarray(got.out.length - original.length).equals(original)).toBe(true);
    expect(got.out.subarray(0, got.out.length - original.length).toString()).toMatch(
      /^Return-Path: <me@example\.org>\r\n(Received: [\s\S]*?\r\n)+$/,
    );
  });

  test('reads the same message by IMAP', async () => {
    const listed = await curl('-u', 'bruno:bruno-2026', `imap://127.0.0.1:${port('mda-brisa', 'imap')}/INBOX?ALL`);
    expect(listed.out.toString()).toMatch(/SEARCH 1/);
    const got = await curl('-u', 'bruno:bruno-2026', `imap://127.0.0.1:${port('mda-brisa', 'imap')}/INBOX;MAILINDEX=1`);
    expect(got.status).toBe(0);
    const original = readFileSync(file);
    expect(got.out.subarray(got.out.length - original.length).equals(original)).toBe(true);
  });

  test('is told 550 for someone who does not exist, and no relay for strangers', async () => {
    const unknown = await curl(
      '-v',
      '--mail-from',
      'me@example.org',
      '--mail-rcpt',
      'nadie@brisa.example',
      '-T',
      file,
      `smtp://127.0.0.1:${port('mx1-brisa', 'smtp')}`,
    );
    expect(unknown.status).toBe(55);
    expect(unknown.err).toContain('550 5.1.1');
    const relay = await curl(
      '-v',
      '--mail-from',
      'me@example.org',
      '--mail-rcpt',
      'ana@alba.example',
      '-T',
      file,
      `smtp://127.0.0.1:${port('mx1-brisa', 'smtp')}`,
    );
    expect(relay.err).toContain('550 5.7.1');
  });

  test('must log in for submission, and may then send to the other domain', async () => {
    const to = `smtp://127.0.0.1:${port('smtp-alba', 'submission')}`;
    const bare = await curl(
      '-v',
      '--mail-from',
      'ana@alba.example',
      '--mail-rcpt',
      'bruno@brisa.example',
      '-T',
      file,
      to,
    );
    expect(bare.err).toContain('530');
    const wrong = await curl(
      '-u',
      'ana@alba.example:nope',
      '--mail-from',
      'ana@alba.example',
      '--mail-rcpt',
      'bruno@brisa.example',
      '-T',
      file,
      to,
    );
    expect(wrong.status).toBe(67);
    const right = await curl(
      '-u',
      'ana@alba.example:ana-2026',
      '--mail-from',
      'ana@alba.example',
      '--mail-rcpt',
      'bruno@brisa.example',
      '-T',
      file,
      to,
    );
    expect(right.status).toBe(0);
  });
});
