/** The programs of the terminals, typed in the practice world: what they print, as their models do. */
import { describe, expect, test } from 'vitest';
import { diskLibrary } from '../../../../src/cli/library.ts';
import { SECOND } from '../../../../src/core/index.ts';
import { Simulation } from '../../../../src/scenario/index.ts';

class Desk {
  readonly simulation: Simulation;
  private shown = 0;

  constructor() {
    const opened = diskLibrary().open('smtp-a-mano');
    if (!opened.ok) throw new Error('the lab does not load');
    this.simulation = new Simulation(opened.value.world, { seed: 1, scenario: opened.value.scenario });
  }

  /** Types keys into a node's first terminal; what its screen got, without escape sequences, when all is quiet for `quiet` µs. */
  async type(node: string, data: string, quiet = 5 * SECOND): Promise<string> {
    const { simulation } = this;
    if (!simulation.trace.entries.some((e) => e.type === 'session' && e.session === `${node}:0`)) {
      simulation.input({ type: 'open-session', node });
    }
    this.shown = simulation.trace.length;
    simulation.input({ type: 'keys', session: `${node}:0`, data });
    await simulation.settled();
    await simulation.runUntilIdle(quiet);
    return simulation.trace.entries
      .slice(this.shown)
      .flatMap((e) => (e.type === 'terminal' && e.session === `${node}:0` ? [e.data] : []))
      .join('')
      .replace(ESCAPES, '')
      .replace(/\r\n/g, '\n');
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with ESC
const ESCAPES = /\x1b\[[0-?]*[ -/]*[@-~]/g;
const MINUTES = 300 * SECOND;

describe('telnet', () => {
  test('says where it goes and that the server hung up', async () => {
    const desk = new Desk();
    expect(await desk.type('pc-ana', 'telnet smtp.alba.example 25\r')).toContain(
      "Trying 192.0.2.25...\nConnected to smtp.alba.example.\nEscape character is '^]'.\n220 smtp.alba.example ESMTP Estafeta\n",
    );
    expect(await desk.type('pc-ana', 'QUIT\r')).toMatch(
      /221 .*\nConnection closed by foreign host\.\nana@pc-ana:~\$ $/,
    );
  });

  test.each([
    ['telnet nada.example 25', 'telnet: could not resolve nada.example/25: Name or service not known'],
    ['telnet pc-bruno.brisa.example 25', 'telnet: Unable to connect to remote host: Connection refused'],
    ['telnet 192.0.2.25 99999', 'telnet: 99999: bad port'],
    ['telnet -x', 'Usage: telnet'],
  ])('%s', async (line, answer) => {
    expect(await new Desk().type('pc-ana', `${line}\r`)).toContain(answer);
  });

  test('gives up on a host without power after two minutes', async () => {
    const desk = new Desk();
    desk.simulation.input({ type: 'fault', fault: { kind: 'host', node: 'smtp-alba', down: true } });
    expect(await desk.type('pc-ana', 'telnet 192.0.2.25 25\r', MINUTES)).toContain('Connection timed out');
  });

  test('has a prompt of its own behind Ctrl-]', async () => {
    const desk = new Desk();
    await desk.type('pc-ana', 'telnet smtp.alba.example 25\r');
    expect(await desk.type('pc-ana', '\x1d')).toContain('^]\ntelnet> ');
    expect(await desk.type('pc-ana', 'status\r')).toContain('Connected to smtp.alba.example.');
    expect(await desk.type('pc-ana', 'quit\r')).toMatch(/ana@pc-ana:~\$ $/);
  });

  test('sends what is pasted before the connection stands', async () => {
    const out = await new Desk().type('pc-ana', 'telnet smtp.alba.example 25\rHELO a\rQUIT\r');
    expect(out).toMatch(/220 [\s\S]*250 [\s\S]*221 /);
  });
});

describe('nc', () => {
  test('plays the server for a client that a person types', async () => {
    const desk = new Desk();
    expect(await desk.type('srv-brisa', 'nc -v -l -p 2525\r')).toContain('Listening on 0.0.0.0 2525');
    await desk.type('pc-bruno', 'telnet srv.brisa.example 2525\r');
    await desk.type('srv-brisa', '220 hola\r');
    await desk.type('pc-bruno', 'EHLO yo\r');
    const heard = desk.simulation.trace.entries.flatMap((e) =>
      e.type === 'pdu-received' && e.pdu.protocol === 'raw' ? [`${e.node} ${e.pdu.verb} ${e.pdu.args}`] : [],
    );
    expect(heard).toEqual(['pc-bruno 220 hola', 'srv-brisa EHLO yo']);
    expect(await desk.type('srv-brisa', '\x03')).toMatch(/bruno@srv-brisa/);
  });

  test('tells whether a port is open', async () => {
    const desk = new Desk();
    expect(await desk.type('pc-ana', 'nc -zv smtp.alba.example 25\r')).toContain(
      'Connection to smtp.alba.example (192.0.2.25) 25 port [tcp/smtp] succeeded!',
    );
    expect(await desk.type('pc-ana', 'nc -zv smtp.alba.example 26; echo $?\r')).toMatch(
      /failed: Connection refused[\s\S]*1\n|1\n[\s\S]*failed: Connection refused/,
    );
  });

  test('in a pipe reads its input and ends with the server', async () => {
    const out = await new Desk().type(
      'pc-ana',
      "printf 'HELO a\\r\\nQUIT\\r\\n' | nc smtp.alba.example 25 | cut -c1-3\r",
    );
    expect(out).toContain('220\n250\n221\n');
  });
});

describe('names', () => {
  test('dig shows all sections, +short only the answer', async () => {
    const desk = new Desk();
    const out = await desk.type('pc-ana', 'dig mx brisa.example\r');
    expect(out).toContain(';; ->>HEADER<<- opcode: QUERY, status: NOERROR');
    expect(out).toContain(';; flags: qr rd ra; QUERY: 1, ANSWER: 2');
    expect(out).toMatch(/brisa\.example\.\t+3600\tIN\tMX\t10 mx1\.brisa\.example\./);
    expect(out).toContain(';; SERVER: 203.0.113.53#53(203.0.113.53) (UDP)');
    expect(out).toContain(';; WHEN: Mon Mar 02 09:00:00 +0100 2026');
    expect(await desk.type('pc-ana', 'dig +short mx brisa.example\r')).toContain(
      '10 mx1.brisa.example.\n20 mx2.brisa.example.\n',
    );
    expect(await desk.type('pc-ana', 'dig -x 198.51.100.25 +short\r')).toContain('mx1.brisa.example.\n');
    expect(await desk.type('pc-ana', 'dig nada.brisa.example\r')).toContain('status: NXDOMAIN');
    expect(await desk.type('pc-ana', 'dig @ns.brisa.example brisa.example soa +norecurse\r')).toContain(
      'flags: qr aa;',
    );
    expect(await desk.type('pc-ana', 'dig @192.0.2.10 brisa.example\r', MINUTES)).toContain(
      'no servers could be reached',
    );
  });

  test('nslookup and host say it in their ways', async () => {
    const desk = new Desk();
    expect(await desk.type('pc-ana', 'nslookup smtp.alba.example\r')).toContain(
      'Name:\tsmtp.alba.example\nAddress: 192.0.2.25\n',
    );
    expect(await desk.type('pc-ana', 'nslookup -type=mx brisa.example\r')).toContain(
      'mail exchanger = 10 mx1.brisa.example.',
    );
    expect(await desk.type('pc-ana', 'nslookup nada.example\r')).toContain(
      "** server can't find nada.example: NXDOMAIN",
    );
    await desk.type('pc-ana', 'nslookup\r');
    await desk.type('pc-ana', 'set type=mx\r');
    expect(await desk.type('pc-ana', 'alba.example\r')).toContain('mail exchanger = 10 smtp.alba.example.');
    await desk.type('pc-ana', 'exit\r');
    expect(await desk.type('pc-ana', 'host brisa.example\r')).toContain('mail is handled by 10 mx1.brisa.example.');
  });
});

describe('mail', () => {
  test('is written, queued, delivered and read', async () => {
    const desk = new Desk();
    expect(await desk.type('pc-ana', 'mail -s "Qué tal" bruno@brisa.example\rMañana voy.\r.\r')).toMatch(
      /ana@pc-ana:~\$ $/,
    );
    expect(await desk.type('pc-bruno', 'mail\r')).toContain('1 ana@alba.example             Qué tal');
    expect(await desk.type('pc-bruno', '1\r')).toContain('Subject: Qué tal\n\nMañana voy.');
    expect(await desk.type('pc-bruno', 'q\r')).toMatch(/bruno@pc-bruno:~\$ $/);
    expect(await desk.type('smtp-alba', 'mailq\r')).toContain('Mail queue is empty');
    expect(await desk.type('smtp-alba', 'grep -c status=sent /var/log/mail.log\r')).toContain('1\n');
    expect(await desk.type('pc-ana', 'mailq\r')).toContain('no mail system');
    expect(await desk.type('srv-brisa', 'mail\r')).toContain('no mail account');
  });

  test('waits in the queue while its server is down', async () => {
    const desk = new Desk();
    for (const node of ['mx1-brisa', 'mx2-brisa'])
      desk.simulation.input({ type: 'fault', fault: { kind: 'host', node, down: true } });
    await desk.type('pc-ana', 'mail -s hola bruno@brisa.example\rHola\r.\r', MINUTES);
    expect(await desk.type('smtp-alba', 'mailq\r')).toMatch(
      /ana@alba\.example\n +\(.*\)\n +bruno@brisa\.example\n[\s\S]*1 Request\./,
    );
  });
});

test('ss lists open ports, date tells the host’s time, sleep takes virtual time', async () => {
  const desk = new Desk();
  expect(await desk.type('smtp-alba', 'ss -tln\r')).toMatch(/LISTEN +0\.0\.0\.0:25 [\s\S]*LISTEN +0\.0\.0\.0:587 /);
  expect(await desk.type('pc-ana', 'date\r')).toContain('Mon Mar 02 09:00:00 +0100 2026');
  const before = desk.simulation.now;
  await desk.type('pc-ana', 'sleep 2m && echo despierta\r', MINUTES);
  expect(desk.simulation.now - before).toBeGreaterThanOrEqual(120 * SECOND);
});
