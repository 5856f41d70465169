import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Pdu } from '../../../../src/core/index.ts';
import { latin1 } from '../../../../src/core/index.ts';
import { COMMANDS } from '../../../../src/protocols/smtp/commands/index.ts';
import { EXPLAINED_CODES } from '../../../../src/protocols/smtp/explain.ts';
import { commandSpans, lmtp, SMTP_CLIENT, smtp } from '../../../../src/protocols/smtp/index.ts';
import { type TalkOptions, talk } from './wire.ts';

type Catalogue = Readonly<Record<string, string>>;

function read(language: string): Catalogue {
  const path = new URL(`../../../../src/i18n/${language}/smtp.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Catalogue;
}

const [es, en] = [read('es'), read('en')];

const catalogues = [
  ['es', es],
  ['en', en],
] as const;

/** Sessions that between them make every kind of PDU, and every remark that the server makes. */
const SESSIONS: readonly (readonly [string, TalkOptions])[] = [
  [
    'EHLO -odd-\r\nXYZ\r\nNOOP\r\nHELP\r\nVRFY a\r\nEXPN a\r\nSTARTTLS\r\nAUTH PLAIN\r\nDATA\r\nMAIL\r\n' +
      'MAIL FROM: <ana@alba.example>\r\nRCPT TO:<bruno@brisa.example>\r\nDATA\r\nSubject: a\r\n\r\nb\nc\r\n.\r\nRSET\r\nQUIT\r\n',
    {},
  ],
  ['EHLO a.example\r\nMAIL FROM:<>\r\nAUTH LOGIN\r\nYW5h\r\n*\r\nAUTH PLAIN AGFuYQBzZWNyZXQ=\r\n', submission()],
  ['LHLO a.example\r\nMAIL FROM:<>\r\nHELO a\r\n', { config: { mode: 'lmtp' } }],
];

function submission(): TalkOptions {
  return { config: { mode: 'submission' } };
}

/** What a client remarks on when a server ends its lines in LF alone, and when it says no SMTP at all. */
function clientKeys(): readonly (string | undefined)[] {
  const client = SMTP_CLIENT.create({ variant: 'smtp', hostname: 'smtp.alba.example' });
  const effects = [
    ...client.start(),
    ...client.receive(latin1('220 mx.brisa.example\n')),
    ...client.receive(latin1('hi\r\n')),
  ];
  return effects.map((effect) =>
    effect.type === 'note' ? effect.code : effect.type === 'received' ? explained(effect.pdu) : undefined,
  );
}

function explained(pdu: Pdu | undefined): string | undefined {
  return pdu === undefined ? undefined : smtp.explain(pdu);
}

function machineKeys(): readonly (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (const { machine } of [...smtp.roles, ...lmtp.roles])
    for (const node of [machine.definition.root, ...Object.values(machine.definition.states)]) {
      found.push(node.description);
      for (const transitions of node.transitions.values())
        for (const { description } of transitions) found.push(description);
    }
  return found;
}

function sessionKeys(): readonly (string | undefined)[] {
  return SESSIONS.flatMap(([input, options]) =>
    talk(input, options).effects.map((effect) => {
      if (effect.type === 'note') return effect.code;
      return effect.type === 'send' || effect.type === 'received' ? explained(effect.pdu) : undefined;
    }),
  );
}

function replyKeys(): readonly (string | undefined)[] {
  // The others are those of each first digit that a reply may have.
  const codes = [...EXPLAINED_CODES, 299, 399, 499, 599];
  return codes.flatMap((code) =>
    (['greeting', 'reply'] as const).map((kind) =>
      smtp.explain({ protocol: 'smtp', kind, verb: `${code}`, args: '', code }),
    ),
  );
}

/** Every key that this folder gives to people. */
function keys(): ReadonlySet<string> {
  const verbs = [...COMMANDS.map(({ verb }) => verb), 'MAIL FROM', 'RCPT TO', 'XYZ'];
  const all = [
    ...machineKeys(),
    ...sessionKeys(),
    ...clientKeys(),
    ...replyKeys(),
    ...verbs.map((verb) => smtp.explain({ protocol: 'smtp', kind: 'command', verb, args: '' })),
    ...commandSpans(latin1('MAIL FROM:<>')).map(({ label }) => label),
    'smtp.name',
    'lmtp.name',
  ];
  return new Set(all.filter((key) => key !== undefined));
}

describe.each(catalogues)('the catalogue %s', (_, catalogue) => {
  it('has a sentence for every key', () => {
    expect([...keys()].filter((key) => !(key in catalogue))).toEqual([]);
  });

  it('has no sentence that nothing asks for', () => {
    const known = keys();
    expect(Object.keys(catalogue).filter((key) => !known.has(key))).toEqual([]);
  });

  it('begins the sentence of a reply with its code, and that of a command with its verb', () => {
    for (const code of EXPLAINED_CODES) expect(catalogue[`smtp.reply.${code}`]).toMatch(new RegExp(`^${code}: `));
    for (const { verb } of COMMANDS) expect(catalogue[`smtp.command.${verb}`]).toMatch(new RegExp(`^${verb}: `));
  });
});

it('says the same in both languages, with the same blanks to fill in', () => {
  expect(Object.keys(es)).toEqual(Object.keys(en));
  const blanks = (text: string | undefined): readonly string[] => (text?.match(/\{\{\w+\}\}/g) ?? []).sort();
  for (const key of Object.keys(es)) expect(blanks(es[key]), key).toEqual(blanks(en[key]));
});

it('has an example of every command that a person may type', () => {
  for (const { verb } of COMMANDS) expect(smtp.example?.(verb), verb).toMatch(new RegExp(`^${verb}`));
  expect(smtp.example?.('ACCEPT')).toBeUndefined();
});
