/** A host's disk as the file system of just-bash: the same files, with the errors that its commands expect (`ENOENT: …`). */
import type { BufferEncoding, FileContent, FsStat, IFileSystem } from 'just-bash/browser';
import { concat, fromLatin1, fromUtf8, latin1, utf8 } from '../../../core/index.ts';
import type { Disk } from '../../disk/disk.ts';

type Encoding = { readonly encoding?: BufferEncoding | null } | BufferEncoding;

export class DiskFileSystem implements IFileSystem {
  constructor(
    private readonly disk: Disk,
    /** Who writes: the owner of new files. */
    private readonly user: string,
  ) {}

  async readFile(path: string, options?: Encoding): Promise<string> {
    return decode(this.bytes(path), options);
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    return this.bytes(path);
  }

  async writeFile(path: string, content: FileContent, options?: Encoding): Promise<void> {
    if (!this.disk.write(path, encode(content, options), { owner: this.user })) this.fail(path, 'write');
  }

  async appendFile(path: string, content: FileContent, options?: Encoding): Promise<void> {
    const before = this.disk.read(path) ?? new Uint8Array(0);
    const bytes = concat([before, encode(content, options)]);
    if (!this.disk.write(path, bytes, { owner: this.user })) this.fail(path, 'write');
  }

  async exists(path: string): Promise<boolean> {
    return this.disk.stat(path) !== undefined;
  }

  async stat(path: string): Promise<FsStat> {
    const found = this.disk.stat(path);
    if (found === undefined) throw notFound(path, 'stat');
    return {
      isFile: found.kind === 'file',
      isDirectory: found.kind === 'directory',
      isSymbolicLink: false,
      mode: found.mode,
      size: found.size,
      mtime: new Date(found.modified),
    };
  }

  lstat(path: string): Promise<FsStat> {
    return this.stat(path);
  }

  async mkdir(path: string, options: { recursive?: boolean } = {}): Promise<void> {
    const { disk } = this;
    if (disk.stat(path) !== undefined) {
      if (options.recursive === true && disk.stat(path)?.kind === 'directory') return;
      throw new Error(`EEXIST: file already exists, mkdir '${path}'`);
    }
    const parent = path.replace(/\/[^/]*\/?$/, '') || '/';
    if (options.recursive !== true && disk.stat(parent)?.kind !== 'directory') throw notFound(path, 'mkdir');
    if (!disk.makeDirectory(path, { owner: this.user })) this.fail(path, 'mkdir');
  }

  async readdir(path: string): Promise<string[]> {
    const names = this.disk.list(path);
    if (names === undefined) {
      if (this.disk.stat(path) === undefined) throw notFound(path, 'scandir');
      throw new Error(`ENOTDIR: not a directory, scandir '${path}'`);
    }
    return [...names];
  }

  async rm(path: string, options: { recursive?: boolean; force?: boolean } = {}): Promise<void> {
    const found = this.disk.stat(path);
    if (found === undefined) {
      if (options.force === true) return;
      throw notFound(path, 'rm');
    }
    const filled = found.kind === 'directory' && (this.disk.list(path)?.length ?? 0) > 0;
    if (filled && options.recursive !== true) throw new Error(`ENOTEMPTY: directory not empty, rm '${path}'`);
    this.disk.remove(path);
  }

  async cp(from: string, to: string, options: { recursive?: boolean } = {}): Promise<void> {
    const names = this.disk.list(from);
    if (names === undefined) return this.writeFile(to, this.bytes(from));
    if (options.recursive !== true) throw new Error(`EISDIR: is a directory, cp '${from}'`);
    await this.mkdir(to, { recursive: true });
    for (const name of names) await this.cp(`${from}/${name}`, `${to}/${name}`, options);
  }

  async mv(from: string, to: string): Promise<void> {
    if (this.disk.stat(from) === undefined) throw notFound(from, 'rename');
    if (!this.disk.rename(from, to)) this.fail(to, 'rename');
  }

  resolvePath(base: string, path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
      if (part === '' || part === '.') continue;
      if (part === '..') parts.pop();
      else parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  getAllPaths(): string[] {
    const paths: string[] = [];
    const walk = (directory: string): void => {
      for (const name of this.disk.list(directory === '' ? '/' : directory) ?? []) {
        const path = `${directory}/${name}`;
        paths.push(path);
        walk(path);
      }
    };
    walk('');
    return paths;
  }

  async chmod(path: string, mode: number): Promise<void> {
    if (!this.disk.setMode(path, mode)) throw notFound(path, 'chmod');
  }

  async symlink(_target: string, path: string): Promise<void> {
    throw new Error(`EPERM: links are not supported, symlink '${path}'`);
  }

  async link(_existing: string, path: string): Promise<void> {
    throw new Error(`EPERM: links are not supported, link '${path}'`);
  }

  async readlink(path: string): Promise<string> {
    throw new Error(`EINVAL: invalid argument, readlink '${path}'`);
  }

  async realpath(path: string): Promise<string> {
    if (this.disk.stat(path) === undefined) throw notFound(path, 'realpath');
    return path;
  }

  async utimes(path: string): Promise<void> {
    if (this.disk.stat(path) === undefined) throw notFound(path, 'utimes');
  }

  private bytes(path: string): Uint8Array {
    const bytes = this.disk.read(path);
    if (bytes !== undefined) return bytes;
    if (this.disk.stat(path)?.kind === 'directory')
      throw new Error(`EISDIR: illegal operation on a directory, read '${path}'`);
    throw notFound(path, 'open');
  }

  private fail(path: string, call: string): never {
    if (this.disk.stat(path)?.kind === 'directory') throw new Error(`EISDIR: is a directory, ${call} '${path}'`);
    throw new Error(`ENOSPC: no space left on device, ${call} '${path}'`);
  }
}

function notFound(path: string, call: string): Error {
  return new Error(`ENOENT: no such file or directory, ${call} '${path}'`);
}

function encodingOf(options: Encoding | undefined): BufferEncoding {
  return (typeof options === 'string' ? options : options?.encoding) ?? 'utf8';
}

function decode(bytes: Uint8Array, options: Encoding | undefined): string {
  const encoding = encodingOf(options);
  return encoding === 'binary' || encoding === 'latin1' ? fromLatin1(bytes) : fromUtf8(bytes);
}

function encode(content: FileContent, options: Encoding | undefined): Uint8Array {
  if (typeof content !== 'string') return content;
  const encoding = encodingOf(options);
  return encoding === 'binary' || encoding === 'latin1' ? latin1(content) : utf8(content);
}
