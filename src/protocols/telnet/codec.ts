/**
 * Telnet's command layer (RFC 854): data with IAC doubled, and commands between. A peer that wants to negotiate gets a plain refusal of
 * every option (RFC 1143 §7's smallest correct answer): what remains is the network virtual terminal.
 */
import { concat } from '../../core/index.ts';

export const IAC = 255;
export const DONT = 254;
export const DO = 253;
export const WONT = 252;
export const WILL = 251;
export const SB = 250;
export const IP = 244;
export const SE = 240;
/** RFC 860: "timing mark": what `telnet` asks for after an interrupt, so that it knows when to show output again. */
export const TIMING_MARK = 6;

/** A subnegotiation longer than this is not kept; it is only skipped to its end. */
const MAX_SUBNEGOTIATION = 1024;

export type TelnetCommand =
  | {
      readonly kind: 'negotiate';
      readonly verb: typeof DO | typeof DONT | typeof WILL | typeof WONT;
      readonly option: number;
    }
  | { readonly kind: 'subnegotiation'; readonly octets: Uint8Array }
  | { readonly kind: 'control'; readonly code: number };

export interface TelnetInput {
  /** Data octets, IAC undoubled. */
  readonly data: Uint8Array;
  readonly commands: readonly TelnetCommand[];
}

/** Takes the layer apart, whatever the chunks. */
export class TelnetDecoder {
  /** Octets of a command that is not complete yet. */
  private held: number[] = [];

  feed(bytes: Uint8Array): TelnetInput {
    const data: number[] = [];
    const commands: TelnetCommand[] = [];
    for (const octet of bytes) {
      if (this.held.length === 0) {
        if (octet === IAC) this.held.push(octet);
        else data.push(octet);
        continue;
      }
      if (this.held.length < MAX_SUBNEGOTIATION) this.held.push(octet);
      const done = this.command(data);
      if (done === undefined) continue;
      this.held = [];
      if (done !== 'data') commands.push(done);
    }
    return { data: Uint8Array.from(data), commands };
  }

  /** The held command if it is complete; `data` when it was a doubled IAC. */
  private command(data: number[]): TelnetCommand | 'data' | undefined {
    const [, verb = 0, option] = this.held;
    switch (verb) {
      case IAC:
        data.push(IAC);
        return 'data';
      case DO:
      case DONT:
      case WILL:
      case WONT:
        return option === undefined ? undefined : { kind: 'negotiate', verb, option };
      case SB: {
        const { length } = this.held;
        const ended = length > 3 && this.held[length - 2] === IAC && this.held[length - 1] === SE;
        if (ended) return { kind: 'subnegotiation', octets: Uint8Array.from(this.held.slice(2, -2)) };
        // Too long to keep: remember only how it might end.
        if (length >= MAX_SUBNEGOTIATION) this.held.splice(3, length - 4);
        return undefined;
      }
      default:
        return { kind: 'control', code: verb };
    }
  }
}

/** Data as sent: every IAC doubled (RFC 854, "the data byte 255"). */
export function escapeIac(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(IAC)) return bytes;
  const out: number[] = [];
  for (const octet of bytes) {
    out.push(octet);
    if (octet === IAC) out.push(IAC);
  }
  return Uint8Array.from(out);
}

/** The answers that refuse whatever was asked for; requests to stop need none (RFC 854, "rules"). */
export function refuse(commands: readonly TelnetCommand[]): Uint8Array {
  return concat(
    commands.flatMap((command) => {
      if (command.kind !== 'negotiate') return [];
      if (command.verb === DO) return [Uint8Array.of(IAC, WONT, command.option)];
      return command.verb === WILL ? [Uint8Array.of(IAC, DONT, command.option)] : [];
    }),
  );
}
