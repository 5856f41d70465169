/**
 * A list that never changes: `push` and `set` give a new list that shares all but one chunk with the old one.
 * It makes fold states free to keep as checkpoints. Two levels are enough for the trace's budget (a push copies one chunk and the spine).
 */
const CHUNK = 64;

export class List<T> implements Iterable<T> {
  private static readonly none = new List<never>([], 0);

  private constructor(
    private readonly chunks: readonly (readonly T[])[],
    readonly length: number,
  ) {}

  static empty<T>(): List<T> {
    return List.none;
  }

  static of<T>(...items: readonly T[]): List<T> {
    let list = List.empty<T>();
    for (const item of items) list = list.push(item);
    return list;
  }

  /** The item at `index`; negative counts from the end. */
  at(index: number): T | undefined {
    const i = index < 0 ? this.length + index : index;
    return i < 0 || i >= this.length ? undefined : this.chunks[Math.floor(i / CHUNK)]?.[i % CHUNK];
  }

  push(item: T): List<T> {
    const last = this.chunks[this.chunks.length - 1];
    if (last === undefined || last.length === CHUNK) return new List([...this.chunks, [item]], this.length + 1);
    const chunks = this.chunks.slice();
    chunks[chunks.length - 1] = [...last, item];
    return new List(chunks, this.length + 1);
  }

  /** The list with another item at `index`; itself when there is no such place. */
  set(index: number, item: T): List<T> {
    const place = Math.floor(index / CHUNK);
    const chunk = this.chunks[place];
    if (index < 0 || index >= this.length || chunk === undefined) return this;
    const changed = chunk.slice();
    changed[index % CHUNK] = item;
    const chunks = this.chunks.slice();
    chunks[place] = changed;
    return new List(chunks, this.length);
  }

  /** Items [from, to) as an array. */
  slice(from = 0, to = this.length): T[] {
    const out: T[] = [];
    for (let i = Math.max(0, from); i < Math.min(to, this.length); i++) out.push(this.at(i) as T);
    return out;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const chunk of this.chunks) yield* chunk;
  }
}

/** The map with one key set; a copy. Keep such maps small. */
export function withKey<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

/** The map without one key; itself when the key is not there. */
export function withoutKey<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
