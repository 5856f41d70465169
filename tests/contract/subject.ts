/**
 * What the contract laws need to know of a protocol role: how to make one, who answers its questions, and what may be said
 * to it. A protocol has one file in subjects/ and one line in subjects/index.ts; a registered role without a subject fails.
 */
import fc from 'fast-check';
import { latin1, type Pdu } from '../../src/core/index.ts';
import type { AnyEndpoint, Effect, Endpoint, Json, Role } from '../../src/protocols/contract.ts';

/** The host's side of one endpoint: answers its questions, or does not when none is awaited. */
export type Host<Ask, Answer> = (what: Ask) => Answer | undefined;

/** An endpoint with its host. */
export interface Session {
  endpoint: AnyEndpoint;
  restore(saved: Json): AnyEndpoint;
  /** The effects of the host's answer; `undefined` when the question wants none. */
  answer(request: number, what: { readonly kind: string }): readonly Effect[] | undefined;
}

export interface Subject {
  readonly role: Role;
  /** The role, and what is special about this setting. */
  readonly name: string;
  /** Each element is a datagram of its own; otherwise the elements are a stream, and its chunks do not matter. */
  readonly datagram: boolean;
  open(): Session;
  /** A session that visits as many states as it can. */
  readonly dialogue: readonly Uint8Array[];
  /** Plausible and implausible input. */
  readonly input: fc.Arbitrary<readonly Uint8Array[]>;
  /** What may come at any time, in order or not, and must be answered. */
  readonly probes: readonly Uint8Array[];
  /** Ends whatever is being read, so that an answer is due. */
  readonly finish: Uint8Array;
  /** What someone who speaks rubbish is told. */
  rebuke(pdu: Pdu): boolean;
  /** Characters of `save()` that no endless input may exceed: while it reads, and while its host does not answer. */
  readonly memory: { readonly reading: number; readonly asking: number };
}

export interface SubjectOf<Config, Ask extends { readonly kind: string }, Answer>
  extends Partial<Omit<Subject, 'role' | 'name' | 'open' | 'dialogue' | 'input'>>,
    Pick<Subject, 'dialogue' | 'input'> {
  readonly role: Role<Config, Endpoint<Ask, Answer>>;
  /** `variant` tells settings of one role apart. */
  readonly variant?: string;
  config(): Config;
  host(): Host<Ask, Answer>;
}

/** Forgets the types that only the subject's own file knows. */
export function subject<Config, Ask extends { readonly kind: string }, Answer>(
  of: SubjectOf<Config, Ask, Answer>,
): Subject {
  const { role, variant, config, host } = of;
  return {
    role: role as unknown as Role,
    name: variant === undefined ? role.id : `${role.id} ${variant}`,
    datagram: of.datagram ?? false,
    dialogue: of.dialogue,
    input: of.input,
    probes: of.probes ?? of.dialogue,
    finish: of.finish ?? latin1('\r\n.\r\n'),
    rebuke: of.rebuke ?? ((pdu) => pdu.negative === true),
    memory: of.memory ?? { reading: 200_000, asking: 3_000_000 },
    open() {
      const settings = config();
      const answers = host();
      const session: Session = {
        endpoint: role.create(settings) as unknown as AnyEndpoint,
        restore: (saved) => role.restore(settings, saved) as unknown as AnyEndpoint,
        answer(request, what) {
          const result = answers(what as Ask);
          if (result === undefined) return undefined;
          return (session.endpoint as unknown as Endpoint<Ask, Answer>).answer(request, result);
        },
      };
      return session;
    },
  };
}

export function lines(...texts: readonly string[]): readonly Uint8Array[] {
  return texts.map((text) => latin1(`${text}\r\n`));
}

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 300,
});
const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '', '\r\r\n');

/** Sessions made of these lines in any order, other text between them, with line ends good and bad. */
export function linesOf(plausible: readonly string[], maxLength = 25): fc.Arbitrary<readonly Uint8Array[]> {
  const line = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...plausible) },
    { weight: 1, arbitrary: anyText },
    { weight: 1, arbitrary: fc.constant('x'.repeat(1500)) },
  );
  return fc.array(fc.tuple(line, lineEnd), { maxLength }).map((pairs) => pairs.map((pair) => latin1(pair.join(''))));
}
