/**
 * A disk in memory: a tree of directories and files. Appending is cheap, because logs are appended to all the time: a file keeps its
 * pieces and joins them when it is read.
 */
import { concat, fromUtf8, type Octets, utf8 } from '../../core/index.ts';
import type { Disk, FileStat, WriteOptions } from './disk.ts';
import { DISK_SIZE, MAX_NAME, MAX_NODES, MAX_PATH } from './limits.ts';

interface Inode {
  mode: number;
  owner: string;
  modified: number;
}

interface FileNode extends Inode {
  readonly kind: 'file';
  pieces: Uint8Array[];
  size: Octets;
}

interface DirectoryNode extends Inode {
  readonly kind: 'directory';
  readonly entries: Map<string, FileNode | DirectoryNode>;
}

type TreeNode = FileNode | DirectoryNode;

export class MemoryDisk implements Disk {
  private readonly root: DirectoryNode;
  private used: Octets = 0;
  private nodes = 1;

  /** `now`: wall-clock time of the host, ms since 1970 UTC. */
  constructor(private readonly now: () => number) {
    this.root = this.directory({});
  }

  read(path: string): Uint8Array | undefined {
    const node = this.find(path);
    if (node?.kind !== 'file') return undefined;
    if (node.pieces.length > 1) node.pieces = [concat(node.pieces)];
    return node.pieces[0] ?? new Uint8Array(0);
  }

  readText(path: string): string | undefined {
    const bytes = this.read(path);
    return bytes === undefined ? undefined : fromUtf8(bytes);
  }

  write(path: string, content: Uint8Array | string, options: WriteOptions = {}): boolean {
    const file = this.fileAt(path, options);
    if (file === undefined) return false;
    const bytes = kept(content);
    if (this.used - file.size + bytes.length > DISK_SIZE) return false;
    this.used += bytes.length - file.size;
    file.pieces = [bytes];
    file.size = bytes.length;
    file.modified = this.now();
    if (options.mode !== undefined) file.mode = options.mode;
    if (options.owner !== undefined) file.owner = options.owner;
    return true;
  }

  append(path: string, content: Uint8Array | string): boolean {
    const file = this.fileAt(path, {});
    if (file === undefined) return false;
    const bytes = kept(content);
    if (this.used + bytes.length > DISK_SIZE) return false;
    this.used += bytes.length;
    file.pieces.push(bytes);
    file.size += bytes.length;
    file.modified = this.now();
    return true;
  }

  makeDirectory(path: string, options: WriteOptions = {}): boolean {
    const parts = partsOf(path);
    return parts !== undefined && this.descend(parts, options) !== undefined;
  }

  list(path: string): readonly string[] | undefined {
    const node = this.find(path);
    return node?.kind === 'directory' ? [...node.entries.keys()].sort() : undefined;
  }

  stat(path: string): FileStat | undefined {
    const node = this.find(path);
    if (node === undefined) return undefined;
    const { kind, mode, owner, modified } = node;
    return { kind, mode, owner, modified, size: node.kind === 'file' ? node.size : 0 };
  }

  remove(path: string): boolean {
    const place = this.place(path);
    const node = place?.parent.entries.get(place.name);
    if (place === undefined || node === undefined) return false;
    place.parent.entries.delete(place.name);
    this.forget(node);
    return true;
  }

  rename(from: string, to: string): boolean {
    const source = this.place(from);
    const target = this.place(to);
    const node = source?.parent.entries.get(source.name);
    if (source === undefined || target === undefined || node === undefined) return false;
    if (target.parent === source.parent && target.name === source.name) return true;
    if (node.kind === 'directory' && contains(node, target.parent)) return false;
    const replaced = target.parent.entries.get(target.name);
    if (replaced?.kind === 'directory' || (replaced !== undefined && node.kind === 'directory')) return false;
    if (replaced !== undefined) this.forget(replaced);
    source.parent.entries.delete(source.name);
    target.parent.entries.set(target.name, node);
    return true;
  }

  setMode(path: string, mode: number): boolean {
    const node = this.find(path);
    if (node === undefined) return false;
    node.mode = mode & 0o7777;
    return true;
  }

  private find(path: string): TreeNode | undefined {
    const parts = partsOf(path);
    if (parts === undefined) return undefined;
    let node: TreeNode = this.root;
    for (const part of parts) {
      const next: TreeNode | undefined = node.kind === 'directory' ? node.entries.get(part) : undefined;
      if (next === undefined) return undefined;
      node = next;
    }
    return node;
  }

  /** The directory that holds a path's last name. */
  private place(path: string): { readonly parent: DirectoryNode; readonly name: string } | undefined {
    const parts = partsOf(path);
    const name = parts?.pop();
    if (parts === undefined || name === undefined) return undefined;
    const parent = this.find(`/${parts.join('/')}`);
    return parent?.kind === 'directory' ? { parent, name } : undefined;
  }

  /** The directory at `parts`, made with its parents where missing. */
  private descend(parts: readonly string[], options: WriteOptions): DirectoryNode | undefined {
    let node = this.root;
    for (const part of parts) {
      let next = node.entries.get(part);
      if (next === undefined) {
        if (this.nodes >= MAX_NODES) return undefined;
        next = this.directory(options);
        this.nodes++;
        node.entries.set(part, next);
      }
      if (next.kind !== 'directory') return undefined;
      node = next;
    }
    return node;
  }

  private fileAt(path: string, options: WriteOptions): FileNode | undefined {
    const parts = partsOf(path);
    const name = parts?.pop();
    if (parts === undefined || name === undefined) return undefined;
    const parent = this.descend(parts, options.owner === undefined ? {} : { owner: options.owner });
    const existing = parent?.entries.get(name);
    if (parent === undefined || existing !== undefined) return existing?.kind === 'file' ? existing : undefined;
    if (this.nodes >= MAX_NODES) return undefined;
    this.nodes++;
    const file: FileNode = {
      kind: 'file',
      pieces: [],
      size: 0,
      mode: options.mode ?? 0o644,
      owner: options.owner ?? 'root',
      modified: this.now(),
    };
    parent.entries.set(name, file);
    return file;
  }

  private directory(options: WriteOptions): DirectoryNode {
    return {
      kind: 'directory',
      entries: new Map(),
      mode: options.mode ?? 0o755,
      owner: options.owner ?? 'root',
      modified: this.now(),
    };
  }

  private forget(node: TreeNode): void {
    this.nodes--;
    if (node.kind === 'file') this.used -= node.size;
    else for (const child of node.entries.values()) this.forget(child);
  }
}

/** A copy: what is on disk does not change with its writer's memory. */
function kept(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? utf8(content) : content.slice();
}

function contains(directory: DirectoryNode, node: DirectoryNode): boolean {
  if (directory === node) return true;
  for (const child of directory.entries.values()) if (child.kind === 'directory' && contains(child, node)) return true;
  return false;
}

/** The names of an absolute path, `.` and `..` resolved; `undefined` when it cannot be a path. */
function partsOf(path: string): string[] | undefined {
  if (!path.startsWith('/') || path.length > MAX_PATH || path.includes('\0')) return undefined;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part.length > MAX_NAME) return undefined;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts;
}
