import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History } from '../../../../src/hosts/terminal/history.ts';
import { MAX_LINE } from '../../../../src/hosts/terminal/limits.ts';
import { Tty, type TtyReader } from '../../../../src/hosts/terminal/tty.ts';
import { Screen } from './screen.ts';

function bench(columns = 20, options: Partial<TtyReader> = {}) {
  const screen = new Screen(columns);
  const lines: string[] = [];
  const keys: string[] = [];
  const events: string[] = [];
  let sent = '';
  const tty = new Tty(
    (data) => {
      sent += data;
      screen.write(data);
    },
    () => events.push('interrupt'),
  );
  tty.resize(columns, 24);
  const reader: TtyReader = {
    mode: 'line',
    echo: true,
    history: new History(),
    line: (text) => lines.push(text),
    key: (data) => keys.push(data),
    endOfInput: () => events.push('end'),
    interrupt: () => events.push('interrupt'),
    ...options,
  };
  tty.ask('$ ');
  tty.read(reader);
  return { tty, screen, lines, keys, events, reader, sent: () => sent };
}

const LEFT = '\x1b[D';
const UP = '\x1b[A';
const DOWN = '\x1b[B';

describe('line editing', () => {
  it.each([
    ['abc\r', 'abc'],
    [`ac${LEFT}b\r`, 'abc'],
    ['abX\x7fc\r', 'abc'],
    [`Xabc\x01\x04\r`, 'abc'],
    ['Xabc\x1b[H\x1b[3~\r', 'abc'],
    ['bc\x01a\x05d\r', 'abcd'],
    ['one two\x17three\r', 'one three'],
    [`one two${LEFT}${LEFT}${LEFT}\x0b\r`, 'one '],
    ['one\x15two\r', 'two'],
    ['水x\x7f\x7fñ\r', 'ñ'],
    ['a\x1b[1;5Cb\x1b[99~c\r', 'abc'],
  ])('%j gives %j', (typed, line) => {
    const { tty, lines } = bench();
    tty.input(typed);
    expect(lines).toEqual([line]);
  });

  it('takes CR, LF and CR LF as one Enter each', () => {
    const { tty, lines } = bench();
    tty.input('a\rb\nc\r\nd\r');
    tty.input('\n');
    expect(lines).toEqual(['a', 'b', 'c', 'd']);
  });

  it('unwraps a bracketed paste', () => {
    const { tty, lines } = bench();
    tty.input('\x1b[200~one\r\ntwo\r\n\x1b[201~');
    expect(lines).toEqual(['one', 'two']);
  });

  it('reads the same however its input is cut', () => {
    const typed = `a${LEFT}b\x1b[3~\x1bOH😀水\r\nx\x1b[200~y\n\x1b[201~`;
    const whole = bench();
    whole.tty.input(typed);
    const pieces = bench();
    for (let i = 0; i < typed.length; i++) pieces.tty.input(typed.charAt(i));
    expect(pieces.lines).toEqual(whole.lines);
    expect(pieces.screen.text).toEqual(whole.screen.text);
  });

  it('walks through history and keeps the line being typed', () => {
    const { tty, lines } = bench();
    tty.input(`one\rtwo\rthr${UP}${UP}${UP}${DOWN}${DOWN}ee\r`);
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  it('keeps no more of a line than its bound', () => {
    const { tty, lines } = bench();
    tty.input(`${'x'.repeat(MAX_LINE + 10)}\r`);
    expect(lines[0]).toHaveLength(MAX_LINE);
  });

  it('tells the end of input only on an empty line', () => {
    const { tty, events } = bench();
    tty.input('a\x04');
    expect(events).toEqual([]);
    tty.input('\x7f\x04');
    expect(events).toEqual(['end']);
  });

  it('shows nothing of a password, nor keeps it', () => {
    const history = new History();
    const { tty, lines, sent } = bench(20, { echo: false, history });
    tty.input('secret\x7fT\r');
    expect(lines).toEqual(['secreT']);
    expect(sent()).not.toMatch(/[cesr]/);
    expect(history.all).toEqual([]);
  });

  it('hands over single keys, whole sequences in one', () => {
    const { tty, keys } = bench(20, { mode: 'key' });
    tty.input('a\x1b');
    tty.input('[A\x03');
    expect(keys).toEqual(['a', UP, '\x03']);
  });

  it('keeps keys typed ahead for the next reader', () => {
    const { tty, lines, reader, events } = bench();
    tty.read(undefined);
    tty.input('ls\r');
    expect(lines).toEqual([]);
    tty.read(reader);
    expect(lines).toEqual(['ls']);
    tty.read(undefined);
    tty.input('rm\r\x03');
    tty.read(reader);
    expect(lines).toEqual(['ls']);
    expect(events).toEqual(['interrupt']);
  });

  it('completes as far as it is certain, then lists', () => {
    const complete = () => ({ replaces: 'f', candidates: ['file-a', 'file-b'] });
    const { tty, screen } = bench(40, { complete });
    tty.input('cat f\t');
    expect(screen.text).toEqual(['$ cat file-']);
    const again = bench(40, { complete: () => ({ replaces: 'file-', candidates: ['file-a', 'file-b'] }) });
    again.tty.input('cat file-\t');
    expect(again.screen.text).toEqual(['$ cat file-', 'file-a  file-b', '$ cat file-']);
  });
});

describe('drawing', () => {
  it('puts output before the line being typed', () => {
    const { tty, screen } = bench();
    tty.input('half');
    tty.output('\n250 OK\n');
    expect(screen.text).toEqual(['$', '250 OK', 'half']);
  });

  it('draws a line like one that was never edited', () => {
    const key = fc.constantFrom(
      'a',
      'b',
      ' ',
      'ñ',
      '水',
      '😀',
      LEFT,
      LEFT,
      '\x1b[C',
      '\x7f',
      '\x04',
      '\x01',
      '\x05',
      '\x17',
      UP,
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 120 }), fc.integer({ min: 20, max: 24 }), (typed, columns) => {
        const edited = bench(columns);
        let last = '';
        for (const data of typed) edited.tty.input(data);
        const cursor = edited.screen.cursor;
        const shown = edited.screen.text;
        edited.tty.input('\r');
        last = edited.lines[edited.lines.length - 1] ?? '';
        const fresh = bench(columns);
        fresh.tty.input(last);
        expect(shown).toEqual(fresh.screen.text);
        const [row, column] = fresh.screen.cursor;
        expect(cursor[0] * columns + cursor[1]).toBeLessThanOrEqual(row * columns + column);
      }),
      { numRuns: 300 },
    );
  });

  it('bears any input', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (typed) => {
        const { tty } = bench(30, { complete: () => ({ replaces: '', candidates: ['x', 'y'] }) });
        for (const data of typed) tty.input(data);
      }),
      { numRuns: 200 },
    );
  });
});
