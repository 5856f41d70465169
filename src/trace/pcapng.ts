/**
 * Captures as pcapng (draft-ietf-opsawg-pcapng): each frame as it was on its link, with its virtual time; an interface for each link, named as
 * the link; narration as comments. Written block by block, so that a long run needs no memory.
 */
import { concat, type EntryOf, type LinkId, type Micros, utf8 } from '../core/index.ts';

const SECTION_HEADER = 0x0a0d0d0a;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;
const LINKTYPE_ETHERNET = 1;
/** Options of the blocks used here. */
const OPT_END = 0;
const OPT_COMMENT = 1;
const SHB_USERAPPL = 4;
const IF_NAME = 2;
const IF_TSRESOL = 9;
/** Timestamps count 10^-6 s. */
const MICROSECONDS = 6;

export class PcapngWriter {
  private readonly interfaces = new Map<LinkId, number>();
  private comments: string[] = [];

  /** `epoch`: calendar time of virtual time 0, ms since 1970 UTC. `write` takes the file's octets in order. */
  constructor(
    private readonly epoch: number,
    private readonly write: (bytes: Uint8Array) => void,
  ) {
    // Section length −1: unknown, since more may follow.
    write(
      block(
        SECTION_HEADER,
        [u32(BYTE_ORDER_MAGIC), u16(1), u16(0), u32(0xffff_ffff), u32(0xffff_ffff)],
        [[SHB_USERAPPL, utf8('Estafeta')]],
      ),
    );
  }

  /** A remark on the next frame. */
  comment(text: string): void {
    this.comments.push(text);
  }

  /** A frame that entered a link; `octets` from its Ethernet header on. */
  frame({ link, departs }: Pick<EntryOf<'frame-sent'>, 'link' | 'departs'>, octets: Uint8Array): void {
    const id = this.interfaceOf(link);
    const { high, low } = timestamp(this.epoch, departs);
    const options = this.comments.map((text): Option => [OPT_COMMENT, utf8(text)]);
    this.comments = [];
    this.write(
      block(
        ENHANCED_PACKET,
        [u32(id), u32(high), u32(low), u32(octets.length), u32(octets.length), padded(octets)],
        options,
      ),
    );
  }

  private interfaceOf(link: LinkId): number {
    const known = this.interfaces.get(link);
    if (known !== undefined) return known;
    const id = this.interfaces.size;
    this.interfaces.set(link, id);
    const options: Option[] = [
      [IF_NAME, utf8(link)],
      [IF_TSRESOL, Uint8Array.of(MICROSECONDS)],
    ];
    this.write(block(INTERFACE_DESCRIPTION, [u16(LINKTYPE_ETHERNET), u16(0), u32(0)], options));
    return id;
  }
}

type Option = readonly [code: number, value: Uint8Array];

/** µs since 1970 as two 32-bit halves; exact, because they stay below 2^53. */
function timestamp(epoch: number, at: Micros): { readonly high: number; readonly low: number } {
  const total = epoch * 1000 + Math.round(at);
  return { high: Math.floor(total / 2 ** 32), low: total % 2 ** 32 };
}

/** Type, total length, body, options, total length again; everything on 32-bit boundaries. */
function block(type: number, body: readonly Uint8Array[], options: readonly Option[]): Uint8Array {
  const parts = [...body, ...options.flatMap(([code, value]) => [u16(code), u16(value.length), padded(value)])];
  if (options.length > 0) parts.push(u16(OPT_END), u16(0));
  const length = 12 + parts.reduce((sum, part) => sum + part.length, 0);
  return concat([u32(type), u32(length), ...parts, u32(length)]);
}

function padded(bytes: Uint8Array): Uint8Array {
  const rest = (4 - (bytes.length % 4)) % 4;
  return rest === 0 ? bytes : concat([bytes, new Uint8Array(rest)]);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >>> 8) & 255);
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255);
}
