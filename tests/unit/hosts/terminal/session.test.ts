import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../../src/core/index.ts';
import { Desk, PROMPT } from './world.ts';

/** The screen's text after one line was typed into a new session, up to the next prompt. */
async function outputOf(line: string): Promise<string> {
  const seen = await new Desk().type(`${line}\r`);
  return seen
    .slice(line.length)
    .replace(/^[^\n]*\r\n/, '')
    .replace(PROMPT, '');
}

describe('a terminal session', () => {
  it('greets and asks', () => {
    expect(new Desk().seen()).toBe(`pc-ana.alba.example (203.0.113.10)\r\n${PROMPT}`);
  });

  it.each([
    ['echo hi > f; cat f | wc -c', '3\r\n'],
    ['true && echo yes || echo no', 'yes\r\n'],
    ['false && echo yes || echo no', 'no\r\n'],
    ['date -u +%F | cat', '2026-01-15\r\n'],
    ['whoami; hostname', 'ana\r\npc-ana\r\n'],
    ['echo ñandú 水 | cat', 'ñandú 水\r\n'],
    ['echo ñandú > ñ; cat ñ', 'ñandú\r\n'],
    ["printf '\\xc3\\xb1\\n' > f; cat f; wc -c < f", 'ñ\r\n3\r\n'],
    ['nonsense', 'bash: nonsense: command not found\r\n'],
    ['curl http://example.com | cat', 'bash: curl: command not found\r\n'],
  ])('%s', async (line, output) => {
    expect(await outputOf(line)).toBe(output);
  });

  it('keeps variables, directory and status from line to line', async () => {
    const desk = new Desk();
    await desk.type('x=7; mkdir -p a/b; cd a\r');
    expect(await desk.type('echo $x $PWD\r')).toContain('7 /home/ana/a\r\n');
    await desk.type('false\r');
    expect(await desk.type('echo $?\r')).toContain('\r\n1\r\nana@pc-ana:~/a$ ');
  });

  it('records each line with its status', async () => {
    const desk = new Desk();
    await desk.type('true\rfalse\r');
    expect(desk.commands().map(({ line, status }) => [line, status])).toEqual([
      ['true', 0],
      ['false', 1],
    ]);
  });

  it('runs pasted lines one after another and lets the clock go on', async () => {
    const desk = new Desk();
    const seen = await desk.type('\x1b[200~echo one > f\necho two >> f\nsleep 1 && cat f\n\x1b[201~');
    expect(seen).toContain('one\r\ntwo\r\n');
    expect(desk.commands().map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(desk.kernel.held).toBe(false);
    expect(desk.kernel.now).toBeGreaterThanOrEqual(SECOND);
  });

  it('lets virtual time pass while a program inside a line waits', async () => {
    const desk = new Desk();
    await desk.type('sleep 5; echo done\r');
    expect(desk.kernel.now).toBe(5 * SECOND);
    expect(desk.seen()).toContain('done\r\n');
  });

  it('gives each $RANDOM another number, and none within single quotes', async () => {
    const desk = new Desk();
    const seen = await desk.type("echo '$RANDOM'; for i in 1 2 3; do echo n$RANDOM; done | sort -u | wc -l\r");
    expect(seen).toContain('\r\n$RANDOM\r\n3\r\n');
  });

  it.each(['while true; do :; done', 'f() { f; }; f', 'while true; do echo aaaaaaaaaaaaaaaa; done > f'])(
    'stops %s',
    async (line) => {
      const desk = new Desk();
      await desk.type(`${line}\r`);
      expect(desk.commands()[0]?.status).not.toBe(0);
      expect(await desk.type('echo alive\r')).toContain('\r\nalive\r\n');
    },
    20_000,
  );

  it.each(['sleep 100', 'sleep 100; echo never', 'echo a | sleep 100 | cat'])('Ctrl-C ends %s', async (line) => {
    const desk = new Desk();
    desk.session.keys(`${line}\r`);
    await desk.kernel.settled();
    const seen = await desk.type('\x03');
    expect(desk.commands().map(({ status }) => status)).toEqual([130]);
    expect(desk.kernel.now).toBe(0);
    expect(seen).toContain('^C\r\n');
    expect(seen).not.toContain('never');
    expect(await desk.type('echo alive\r')).toContain('\r\nalive\r\n');
  });

  it('Ctrl-C gives a line up', async () => {
    const desk = new Desk();
    expect(await desk.type('echo x\x03')).toBe(`echo x^C\r\n${PROMPT}`);
    expect(desk.commands()).toEqual([]);
  });

  it('completes commands, files and hosts', async () => {
    const desk = new Desk();
    await desk.type('mkdir letters; echo 1 > letters/one\r');
    expect(await desk.type('teln\t')).toBe('telnet ');
    expect(await desk.type('smtp\t\x03')).toContain('smtp.alba.example ');
    expect(await desk.type('cat let\to\t\r')).toContain('cat letters/one \r\n1\r\n');
  });

  it('recalls lines', async () => {
    const desk = new Desk();
    await desk.type('echo a\recho b\r');
    expect(await desk.type('\x1b[A\x1b[A\r')).toContain('\r\na\r\n');
  });

  it('hangs up at power-off and wakes', async () => {
    const desk = new Desk();
    desk.session.keys('sleep 100; echo never\r');
    await desk.kernel.settled();
    desk.host.powerOff();
    desk.session.hangUp();
    expect(await desk.type('echo dead\r')).toBe('');
    desk.host.powerOn();
    desk.session.wake();
    const seen = await desk.type('echo alive\r');
    expect(seen).toContain('\r\nalive\r\n');
    expect(desk.seen().match(/never/g)).toHaveLength(1);
    expect(desk.kernel.held).toBe(false);
  });

  it('says that it closed, once', async () => {
    const desk = new Desk();
    desk.session.keys('sleep 100 | cat\r');
    await desk.kernel.settled();
    desk.session.close();
    desk.session.close();
    await desk.rest();
    const sessions = desk.kernel.trace.entries.filter((entry) => entry.type === 'session');
    expect(sessions.map(({ state }) => state)).toEqual(['open', 'closed']);
    expect(desk.kernel.held).toBe(false);
  });
});

describe('the same keys', () => {
  const LINES = [
    'echo $RANDOM $((RANDOM % 6))',
    'for i in 1 2 3; do echo $RANDOM; done',
    'echo $$ $SECONDS $EPOCHSECONDS',
    "printf '%(%s)T\\n' -1",
    "awk 'BEGIN { srand(); print rand() }'",
    'echo x > f; touch g; ls -l; stat f; find . -mtime -1',
    'date | tee d; sleep 2; date >> d; cat d',
  ];

  async function digest(): Promise<string> {
    const desk = new Desk(7);
    for (const line of LINES) await desk.type(`${line}\r`);
    return JSON.stringify(desk.kernel.trace.entries);
  }

  it('give the same trace', async () => {
    const first = await digest();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await digest()).toBe(first);
    // The host's zone, not that of the machine that runs the test.
    expect(first).toContain('Jan 15 10:00 f');
  });
});
