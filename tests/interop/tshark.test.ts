/** Captures in Wireshark's own words: nothing malformed, every checksum right, and one link by itself without a retransmission. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const present = spawnSync('tshark', ['--version']).error === undefined;
if (!present) console.log('skipped: tshark is not installed, so no capture can be read by another program');

const folder = mkdtempSync(join(tmpdir(), 'estafeta-'));
const file = join(folder, 'demo.pcapng');

function capture(...more: string[]): void {
  execFileSync(process.execPath, [
    'bin/estafeta.mjs',
    'run',
    'envio-transferencia-recepcion',
    '--json',
    '--pcap',
    file,
    ...more,
  ]);
}

function tshark(...args: string[]): string {
  return execFileSync('tshark', ['-n', '-r', file, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

const CHECKSUMS = ['ip', 'tcp', 'udp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`]);

describe.skipIf(!present)('a capture', () => {
  beforeAll(() => capture());
  afterAll(() => rmSync(folder, { recursive: true }));

  test('has nothing malformed and no wrong checksum', () => {
    const wrong = 'ip.checksum.status==0 || tcp.checksum.status==0 || udp.checksum.status==0 || _ws.malformed';
    expect(tshark(...CHECKSUMS, '-Y', wrong)).toBe('');
    expect(tshark(...CHECKSUMS, '-Y', 'tcp.checksum.status==1').split('\n').length).toBeGreaterThan(100);
  });

  test('names its interfaces as the links, and carries the narration', () => {
    const names = new Set(tshark('-T', 'fields', '-e', 'frame.interface_name').split('\n'));
    expect(names).toContain('pc-ana--alba');
    expect(tshark('-T', 'fields', '-e', 'frame.comment')).toContain('El sobre');
  });

  test('shows the protocols that were spoken', () => {
    for (const protocol of ['dns', 'smtp', 'pop']) expect(tshark('-Y', protocol, '-c', '400'), protocol).not.toBe('');
  });

  test('of one link shows each segment once', () => {
    capture('--link', 'smtp-alba--alba');
    expect(tshark('-Y', 'tcp.analysis.flags')).toBe('');
  });
});
