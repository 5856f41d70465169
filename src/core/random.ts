/**
 * Seeded randomness. Each consumer draws from a stream of its own, derived from the seed and the consumer's name,
 * so that a new consumer never shifts the numbers that another one sees.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

export interface Random {
  /** An integer drawn uniformly from [min, max], both included. */
  integer(min: number, max: number): number;
  /** True with probability `p` (0–1), to a resolution of 1e-6. */
  chance(p: number): boolean;
  /** `length` octets. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
  /** One of a non-empty list. */
  pick<T>(list: readonly T[]): T;
}

/** FNV-1a over the UTF-16 units: a stable 32-bit name for a stream. */
export function hash32(text: string): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  return hash | 0;
}

class SeededRandom implements Random {
  constructor(private readonly generator: RandomGenerator) {}

  integer(min: number, max: number): number {
    return uniformInt(this.generator, min, max);
  }

  chance(p: number): boolean {
    if (p <= 0) return false;
    if (p >= 1) return true;
    return this.integer(0, 999_999) < Math.round(p * 1_000_000);
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(length);
    for (let i = 0; i < length; i++) out[i] = this.integer(0, 255);
    return out;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.integer(0, list.length - 1)] as T;
  }
}

/** The stream called `name` under `seed`; the same two give the same numbers on every platform. */
export function randomStream(seed: number, name: string): Random {
  return new SeededRandom(xoroshiro128plus(hash32(`${seed}/${name}`)));
}
