/** A mail server and two workstations on a real network: what access protocols are tested on. */
import { fromLatin1, Kernel, latin1 } from '../../../../src/core/index.ts';
import { storeObserver } from '../../../../src/hosts/access/store-trace.ts';
import { MemoryDisk } from '../../../../src/hosts/disk/memory-disk.ts';
import { Host } from '../../../../src/hosts/host.ts';
import { type Account, AccountBook, MailStore } from '../../../../src/mail/index.ts';
import { Network, type TcpEvents, type TcpSocket } from '../../../../src/net/index.ts';

export const SERVER = '198.51.100.143';

const EPOCH = Date.UTC(2026, 0, 15, 9);

const ACCOUNTS: readonly Account[] = [
  { address: 'bruno@brisa.example', password: 'bruno-2026', blocked: false, greylist: false },
  { address: 'carla@brisa.example', password: 'carla-2026', blocked: true, greylist: false },
];

export function accessWorld(seed = 1) {
  const kernel = new Kernel({ seed, keep: true });
  const network = new Network(kernel, {
    networks: [{ id: 'brisa', cidr: '198.51.100.0/24' }],
    hosts: [
      { id: 'mda-brisa', network: 'brisa', addresses: [SERVER], link: {} },
      { id: 'pc-bruno', network: 'brisa', addresses: ['198.51.100.10'], link: {} },
      { id: 'pc-carla', network: 'brisa', addresses: ['198.51.100.11'], link: {} },
    ],
    routers: [],
  });
  const host = (id: string, hostname: string): Host => {
    const net = network.stack(id);
    if (net === undefined) throw new Error(`no stack ${id}`);
    const disk = new MemoryDisk(() => EPOCH);
    const made = new Host({ id, hostname, kernel, net, disk, epoch: EPOCH, utcOffset: 60 });
    made.resolver = {
      addresses: (name, done) =>
        done(name === 'pop.brisa.example' ? { ok: true, value: [SERVER] } : { ok: false, failure: 'nxdomain' }),
      mx: (_, done) => done({ ok: false, failure: 'nodata' }),
      txt: (_, done) => done({ ok: false, failure: 'nodata' }),
      reverse: (_, done) => done({ ok: false, failure: 'nodata' }),
    };
    made.powerOn();
    return made;
  };
  const server = host('mda-brisa', 'pop.brisa.example');
  const accounts = new AccountBook(ACCOUNTS);
  const store = new MailStore(accounts, storeObserver(server));
  store.serve(['brisa.example']);
  const deliver = (text: string) => store.deliver('bruno@brisa.example', latin1(text), EPOCH);
  const log = (): readonly string[] =>
    (server.disk.readText('/var/log/mail.log') ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/^\S+ \S+ /, ''));
  return {
    kernel,
    network,
    server,
    accounts,
    store,
    deliver,
    log,
    bruno: host('pc-bruno', 'pc-bruno.brisa.example'),
    carla: host('pc-carla', 'pc-carla.brisa.example'),
  };
}

/** Someone at a keyboard: types a line whenever the server has gone quiet. */
export class Typist implements TcpEvents {
  text = '';
  ended = '';
  readonly socket: TcpSocket;

  constructor(
    private readonly host: Host,
    private readonly kernel: Kernel,
    port: number,
  ) {
    this.socket = host.net.connect({ ip: SERVER, port }, this);
    this.settle();
  }

  data(bytes: Uint8Array): void {
    this.text += fromLatin1(bytes);
  }

  peerClosed(): void {
    this.socket.close();
  }

  closed(reason: string): void {
    this.ended = reason;
  }

  /** Types lines one after another; what came back. */
  type(...lines: readonly string[]): string {
    const before = this.text.length;
    for (const line of lines) {
      if (this.host.running) this.socket.write(latin1(`${line}\r\n`));
      this.settle();
    }
    return this.text.slice(before);
  }

  /** Five seconds: long enough for any answer, far from every timeout. */
  private settle(): void {
    let over = false;
    this.kernel.after(5_000_000, () => {
      over = true;
    });
    while (!over && this.kernel.run() === 'stepped');
  }
}

/** Runs until nothing is due any more. */
export function drain(kernel: Kernel): void {
  while (kernel.run() === 'stepped');
}
