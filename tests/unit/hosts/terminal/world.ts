/** One workstation with a terminal, on a real network: what sessions are tested on. */
import { type EntryOf, Kernel } from '../../../../src/core/index.ts';
import { MemoryDisk } from '../../../../src/hosts/disk/memory-disk.ts';
import { Host } from '../../../../src/hosts/host.ts';
import { openTerminal, type TerminalSession } from '../../../../src/hosts/terminal/index.ts';
import { Network } from '../../../../src/net/index.ts';

const EPOCH = Date.UTC(2026, 0, 15, 9);

export const PROMPT = 'ana@pc-ana:~$ ';

export class Desk {
  readonly kernel: Kernel;
  readonly host: Host;
  readonly session: TerminalSession;

  constructor(seed = 1) {
    this.kernel = new Kernel({ seed, keep: true });
    const network = new Network(this.kernel, {
      networks: [{ id: 'alba', cidr: '203.0.113.0/24' }],
      hosts: [{ id: 'pc-ana', network: 'alba', addresses: ['203.0.113.10'], link: {} }],
      routers: [],
    });
    const net = network.stack('pc-ana');
    if (net === undefined) throw new Error('no stack');
    this.host = new Host({
      id: 'pc-ana',
      hostname: 'pc-ana.alba.example',
      kernel: this.kernel,
      net,
      disk: new MemoryDisk(() => EPOCH),
      epoch: EPOCH,
      utcOffset: 60,
    });
    this.host.powerOn();
    this.session = openTerminal(this.host, { id: 'pc-ana:0', user: 'ana', hosts: () => ['smtp.alba.example'] });
  }

  /** Types, and lets the world come to rest. Returns what the screen received since, without colours. */
  async type(data: string): Promise<string> {
    const from = this.kernel.trace.entries.length;
    this.session.keys(data);
    await this.rest();
    return this.seen(from);
  }

  async rest(): Promise<void> {
    for (;;) {
      await this.kernel.settled();
      if (this.kernel.run() === 'held') continue;
      if (!this.kernel.held && this.kernel.nextAt === undefined) return;
    }
  }

  seen(from = 0): string {
    const output = this.kernel.trace.entries.slice(from).map((entry) => (entry.type === 'terminal' ? entry.data : ''));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with ESC
    return output.join('').replace(/\x1b\[\d*m/g, '');
  }

  commands(): readonly EntryOf<'command'>[] {
    return this.kernel.trace.entries.filter((entry): entry is EntryOf<'command'> => entry.type === 'command');
  }
}
