/**
 * Message numbers in arguments (RFC 1939 §5): decimal, from 1, of a message that is there and not marked as deleted.
 */
import { type Pop3Error, pop3Error } from '../errors.ts';
import { NUMBER_DIGITS } from '../limits.ts';
import type { Session } from '../session.ts';
import { usage } from './command.ts';

/** Reads a number that must be there into the session. */
export function readNumber(text: string, grammar: string, session: Session): Pop3Error | undefined {
  const number = decimal(text);
  if (number === undefined) return usage(grammar, text);
  const { drop } = session;
  if (number < 1 || number > drop.highest) {
    return pop3Error('no-such-message', { text: `No such message, only ${drop.highest} in maildrop`, got: text });
  }
  // "may NOT refer to a message marked as deleted".
  if (drop.isMarked(number))
    return pop3Error('deleted-message', { text: `Message ${number} already deleted`, got: text });
  session.number = number;
  return undefined;
}

/** The same for LIST and UIDL, whose number is optional: 0 in the session says that there was none. */
export function readOptionalNumber(text: string, grammar: string, session: Session): Pop3Error | undefined {
  session.number = 0;
  return text === '' ? undefined : readNumber(text, grammar, session);
}

/** A number of digits alone, within reason. */
export function decimal(text: string): number | undefined {
  if (text.length === 0 || text.length > NUMBER_DIGITS) return undefined;
  for (const char of text) if (char < '0' || char > '9') return undefined;
  return Number(text);
}
