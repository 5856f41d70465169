import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pop3 } from '../../../../src/protocols/pop3/index.ts';
import { LOGIN, talk } from './wire.ts';

type Catalogue = Readonly<Record<string, string>>;

function read(language: string): Catalogue {
  const path = new URL(`../../../../src/i18n/${language}/pop3.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Catalogue;
}

const [es, en] = [read('es'), read('en')];

const catalogues = [
  ['es', es],
  ['en', en],
] as const;

/** Every key that this folder gives to people. */
function keys(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { machine } of pop3.roles) {
    for (const event of Object.values(machine.definition.states)) {
      if (event.description !== undefined) found.add(event.description);
      for (const transitions of event.transitions.values())
        for (const { description } of transitions) if (description !== undefined) found.add(description);
    }
    for (const { description } of machine.definition.root.transitions.get('*') ?? [])
      if (description !== undefined) found.add(description);
  }
  const session = `CAPA\r\nXYZ\r\nUSER x\r\nPASS x\r\nAPOP\r\n${LOGIN}STAT\r\nLIST\r\nRETR 1\r\nUIDL\r\nTOP 1 1\r\nDELE 1\r\nRSET\r\nNOOP\r\nQUIT\r\n`;
  for (const effect of talk(session).effects) {
    const pdu = effect.type === 'send' || effect.type === 'received' ? effect.pdu : undefined;
    const key = pdu === undefined ? undefined : pop3.explain(pdu);
    if (key !== undefined) found.add(key);
  }
  for (const code of ['IN-USE', 'AUTH', 'SYS/TEMP', 'SYS/PERM', 'LOGIN-DELAY', 'XXX'])
    found.add(pop3.explain({ protocol: 'pop3', kind: 'reply', verb: '-ERR', args: `[${code}] x` }) ?? '');
  found.add(pop3.explain({ protocol: 'pop3', kind: 'reply', verb: '?', args: 'x' }) ?? '');
  found.add(pop3.explain({ protocol: 'pop3', kind: 'greeting', verb: '-ERR', args: 'x', negative: true }) ?? '');
  return found;
}

describe.each(catalogues)('the catalogue %s', (_, catalogue) => {
  it('has a sentence for every key', () => {
    expect([...keys()].filter((key) => !(key in catalogue))).toEqual([]);
  });
});

it('says the same in both languages', () => {
  expect(Object.keys(es)).toEqual(Object.keys(en));
});

it('has an example of every command that a person may type', () => {
  for (const event of [
    'USER',
    'PASS',
    'STAT',
    'LIST',
    'UIDL',
    'RETR',
    'TOP',
    'DELE',
    'NOOP',
    'RSET',
    'QUIT',
    'CAPA',
    'APOP',
  ])
    expect(pop3.example?.(event), event).toMatch(new RegExp(`^${event}`));
  expect(pop3.example?.('ACCEPT')).toBeUndefined();
});
