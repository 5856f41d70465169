/**
 * A host's disk: a tree of files that survives a crash of its host. Synchronous and in memory; paths are absolute and
 * use `/`. Missing files and wrong kinds are values, not exceptions.
 */
import type { Octets } from '../../core/index.ts';

export interface FileStat {
  readonly kind: 'file' | 'directory';
  readonly size: Octets;
  /** POSIX permission bits: 0o644. */
  readonly mode: number;
  readonly owner: string;
  /** Host wall-clock time of the last change, ms since 1970 UTC. */
  readonly modified: number;
}

export interface WriteOptions {
  readonly mode?: number;
  readonly owner?: string;
}

export interface Disk {
  read(path: string): Uint8Array | undefined;
  readText(path: string): string | undefined;
  /** Creates missing parent directories. False when the path is a directory or a parent is a file, or the disk is full. */
  write(path: string, content: Uint8Array | string, options?: WriteOptions): boolean;
  append(path: string, content: Uint8Array | string): boolean;
  makeDirectory(path: string, options?: WriteOptions): boolean;
  /** Names in a directory, sorted; `undefined` when it is none. */
  list(path: string): readonly string[] | undefined;
  stat(path: string): FileStat | undefined;
  /** Removes a file, or a directory and all below it. */
  remove(path: string): boolean;
  rename(from: string, to: string): boolean;
  setMode(path: string, mode: number): boolean;
}
