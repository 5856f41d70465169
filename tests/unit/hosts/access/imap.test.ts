/** IMAP on a real network: every command by hand, and two sessions that see each other's changes. */
import { describe, expect, test } from 'vitest';
import { imapService } from '../../../../src/hosts/access/imap.ts';
import { accessWorld, Typist } from './world.ts';

const MESSAGE = [
  'From: Ana <ana@alba.example>',
  'To: Bruno <bruno@brisa.example>, "B, C" <bc@brisa.example>',
  'Subject: hola',
  'Date: Mon, 2 Mar 2026 09:00:00 +0100',
  'Message-ID: <1@alba.example>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=x',
  '',
  '--x',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hola, Bruno',
  '--x',
  'Content-Type: application/pdf; name="a.pdf"',
  'Content-Transfer-Encoding: base64',
  'Content-Disposition: attachment; filename="a.pdf"',
  '',
  'AAAA',
  '--x--',
  '',
].join('\r\n');

function setUp(messages = 1) {
  const world = accessWorld();
  world.server.add(imapService(world.server, world.store));
  for (let i = 0; i < messages; i++) world.deliver(MESSAGE);
  const session = (): Typist => {
    const typist = new Typist(world.bruno, world.kernel, 143);
    typist.type('l LOGIN bruno bruno-2026', 's SELECT INBOX');
    return typist;
  };
  return { ...world, session };
}

describe('a session by hand', () => {
  test('selects, and says what there is', () => {
    const { session } = setUp(2);
    const { text } = session();
    expect(text).toContain('* 2 EXISTS\r\n* 2 RECENT\r\n');
    expect(text).toMatch(/\* OK \[UIDVALIDITY \d+\]/);
    expect(text).toContain('* OK [UIDNEXT 3]');
    expect(text).toContain('s OK [READ-WRITE]');
  });

  test('fetches structure, envelope and parts', () => {
    const typist = setUp().session();
    expect(typist.type('a FETCH 1 BODYSTRUCTURE')).toContain(
      '("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 11 0 NIL NIL NIL NIL)("APPLICATION" "PDF" ("NAME" "a.pdf") NIL NIL "BASE64" 4 NIL ("ATTACHMENT" ("FILENAME" "a.pdf")) NIL NIL) "MIXED"',
    );
    expect(typist.type('a FETCH 1 ENVELOPE')).toContain(
      '"hola" (("Ana" NIL "ana" "alba.example")) (("Ana" NIL "ana" "alba.example")) (("Ana" NIL "ana" "alba.example")) (("Bruno" NIL "bruno" "brisa.example")("B, C" NIL "bc" "brisa.example")) NIL NIL NIL "<1@alba.example>"',
    );
    expect(typist.type('a FETCH 1 BODY.PEEK[1]')).toContain('BODY[1] {11}\r\nHola, Bruno)');
    expect(typist.type('a FETCH 1 BODY.PEEK[2.MIME]')).toContain('Content-Disposition: attachment');
    expect(typist.type('a FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT)]')).toContain('{17}\r\nSubject: hola\r\n\r\n)');
    expect(typist.type('a FETCH 1 BODY.PEEK[]<5.4>')).toContain('BODY[]<5> {4}\r\n Ana)');
    expect(typist.type('a FETCH 1 FLAGS')).not.toContain('Seen');
    expect(typist.type('a FETCH 1 BODY[TEXT]')).toMatch(/FLAGS \([^)]*\\Seen/);
  });

  test('searches', () => {
    const typist = setUp(3).session();
    typist.type('a STORE 2 +FLAGS (\\Flagged)');
    const found = (keys: string): string =>
      /\* SEARCH ?([\d ]*)\r/.exec(typist.type(`a SEARCH ${keys}`))?.[1] ?? 'none';
    expect(found('ALL')).toBe('1 2 3');
    expect(found('FLAGGED')).toBe('2');
    expect(found('NOT FLAGGED UNSEEN')).toBe('1 3');
    expect(found('OR 1 (FLAGGED SUBJECT "HOLA")')).toBe('1 2');
    expect(found('FROM nobody')).toBe('');
    expect(found('HEADER Message-ID alba LARGER 10 SINCE 1-Jan-2026')).toBe('1 2 3');
    expect(found('SENTBEFORE 1-Mar-2026')).toBe('');
    expect(typist.type('a SEARCH CHARSET KLINGON ALL')).toContain('a NO [BADCHARSET');
    expect(typist.type(`a SEARCH ${'NOT '.repeat(1000)}ALL`)).toContain('a BAD');
  });

  test('marks, copies, appends and expunges', () => {
    const { session, store } = setUp(3);
    const typist = session();
    expect(typist.type('a STORE 1:2 FLAGS.SILENT \\Deleted')).toBe('a OK Store completed.\r\n');
    expect(typist.type('a COPY 3 Archivo')).toContain('a NO [TRYCREATE]');
    expect(typist.type('a CREATE Archivo', 'a UID COPY 3 Archivo')).toContain('a OK Copy completed.');
    expect(typist.type('a EXPUNGE')).toBe('* 1 EXPUNGE\r\n* 1 EXPUNGE\r\na OK Expunge completed.\r\n');
    expect(typist.type('a APPEND Archivo (\\Seen) {5}', 'hello')).toMatch(/^\+ .*\r\na OK/);
    expect(typist.type('a STATUS Archivo (MESSAGES UNSEEN)')).toContain('(MESSAGES 2 UNSEEN 1)');
    expect(typist.type('a LIST "" "*"')).toContain('Archivo');
    expect(typist.type('a RENAME Archivo Viejo', 'a DELETE Viejo', 'a DELETE INBOX')).toMatch(
      /a OK.*\r\na OK.*\r\na NO/,
    );
    expect(store.maildrop('bruno@brisa.example').inbox.messages.map(({ uid }) => uid)).toEqual([3]);
  });

  test('reads only after EXAMINE; CLOSE removes in silence, UNSELECT nothing', () => {
    const typist = setUp(2).session();
    expect(typist.type('a EXAMINE INBOX', 'a STORE 1 FLAGS (\\Deleted)', 'a EXPUNGE')).toMatch(
      /READ-ONLY[\s\S]*a NO[\s\S]*a NO/,
    );
    typist.type('a SELECT INBOX', 'a STORE 1 +FLAGS (\\Deleted)', 'a UNSELECT');
    expect(typist.type('a SELECT INBOX')).toContain('* 2 EXISTS');
    expect(typist.type('a CLOSE')).toBe('a OK Close completed.\r\n');
    expect(typist.type('a SELECT INBOX')).toContain('* 1 EXISTS');
  });

  test('answers what is out of place or badly written, and goes on', () => {
    const world = setUp();
    const typist = new Typist(world.bruno, world.kernel, 143);
    expect(typist.type('a SELECT INBOX')).toMatch(/^a BAD/);
    expect(typist.type('a LOGIN bruno wrong')).toMatch(/^a NO \[AUTHENTICATIONFAILED\]/);
    expect(typist.type('hola')).toMatch(/BAD/);
    expect(typist.type('a XYZZY')).toMatch(/^a BAD/);
    expect(typist.type('a LOGIN {4294967295}')).toMatch(/^a BAD \[TOOBIG\]/);
    expect(typist.type('a LOGIN bruno bruno-2026', 'a FETCH 1 FLAGS')).toMatch(/a OK[\s\S]*a BAD/);
    expect(typist.type('a SELECT nada')).toMatch(/a NO \[NONEXISTENT\]/);
    expect(typist.type('a SELECT INBOX', 'a FETCH 0 FLAGS', 'a FETCH 1 NADA')).toMatch(/a BAD[\s\S]*a BAD/);
  });
});

describe('two sessions', () => {
  test('hear of deliveries, flags and removals, numbers kept while FETCH runs', () => {
    const { session, deliver } = setUp(2);
    const [one, two] = [session(), session()];
    deliver(MESSAGE);
    expect(two.type('a NOOP')).toContain('* 3 EXISTS');
    one.type('a STORE 1 +FLAGS (\\Deleted)');
    expect(two.type('a NOOP')).toMatch(/\* 1 FETCH \(.*\\Deleted/);
    one.type('a EXPUNGE');
    // RFC 3501 §7.4.1: not in answer to FETCH.
    expect(two.type('a FETCH 2 UID')).not.toContain('EXPUNGE');
    expect(two.type('a NOOP')).toContain('* 1 EXPUNGE');
  });

  test('IDLE is told at once', () => {
    const { session, deliver } = setUp(1);
    const idle = session();
    expect(idle.type('a IDLE')).toContain('+ idling');
    const before = idle.text.length;
    deliver(MESSAGE);
    expect(idle.type('DONE').length).toBeGreaterThan(0);
    expect(idle.text.slice(before)).toMatch(/\* 2 EXISTS[\s\S]*a OK Idle completed\./);
  });
});
