/** The commands of POP3: what their arguments look like. Order is the machine's, policy the host's. RFC 1939 §5–§7, RFC 2449. */

export interface CommandSpec {
  readonly verb: string;
  readonly rfc: string;
  readonly example: string;
  /** How the arguments are written, for the refusal. */
  readonly usage: string;
  readonly takes: (argument: string) => boolean;
}

const none = (argument: string): boolean => argument === '';
const some = (argument: string): boolean => argument !== '';
/** A message number: 1 or more, in decimal. */
const number = (argument: string): boolean => /^0*[1-9]\d{0,8}$/.test(argument);

export const COMMANDS: readonly CommandSpec[] = [
  { verb: 'USER', rfc: '1939#7', example: 'USER bruno', usage: 'USER name', takes: some },
  { verb: 'PASS', rfc: '1939#7', example: 'PASS bruno-2026', usage: 'PASS string', takes: () => true },
  { verb: 'STAT', rfc: '1939#5', example: 'STAT', usage: 'STAT', takes: none },
  { verb: 'LIST', rfc: '1939#5', example: 'LIST', usage: 'LIST [msg]', takes: (a) => none(a) || number(a) },
  { verb: 'RETR', rfc: '1939#5', example: 'RETR 1', usage: 'RETR msg', takes: number },
  { verb: 'DELE', rfc: '1939#5', example: 'DELE 1', usage: 'DELE msg', takes: number },
  { verb: 'NOOP', rfc: '1939#5', example: 'NOOP', usage: 'NOOP', takes: none },
  { verb: 'RSET', rfc: '1939#5', example: 'RSET', usage: 'RSET', takes: none },
  { verb: 'QUIT', rfc: '1939#6', example: 'QUIT', usage: 'QUIT', takes: none },
  {
    verb: 'TOP',
    rfc: '1939#7',
    example: 'TOP 1 5',
    usage: 'TOP msg n',
    takes: (a) => /^0*[1-9]\d{0,8} +\d{1,9}$/.test(a),
  },
  { verb: 'UIDL', rfc: '1939#7', example: 'UIDL', usage: 'UIDL [msg]', takes: (a) => none(a) || number(a) },
  { verb: 'CAPA', rfc: '2449#5', example: 'CAPA', usage: 'CAPA', takes: none },
];

const BY_VERB = new Map(COMMANDS.map((command) => [command.verb, command]));

export function commandOf(verb: string): CommandSpec | undefined {
  return BY_VERB.get(verb);
}

/** RFC 2449 §6: what we can do. */
export const CAPABILITIES: readonly string[] = [
  'USER',
  'TOP',
  'UIDL',
  'RESP-CODES',
  'PIPELINING',
  'IMPLEMENTATION Estafeta',
];
