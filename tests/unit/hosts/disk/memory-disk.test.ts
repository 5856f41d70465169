import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISK_SIZE, MAX_NAME, MAX_NODES } from '../../../../src/hosts/disk/limits.ts';
import { MemoryDisk } from '../../../../src/hosts/disk/memory-disk.ts';

describe('a disk in memory', () => {
  it('reads what was written and appended, with the parents made', () => {
    const disk = new MemoryDisk(() => 7);
    expect(disk.write('/var/log/mail.log', 'one\n')).toBe(true);
    expect(disk.append('/var/log/mail.log', 'two\n')).toBe(true);
    expect(disk.readText('/var/log/../log/mail.log')).toBe('one\ntwo\n');
    expect(disk.list('/var')).toEqual(['log']);
    expect(disk.stat('/var/log/mail.log')).toEqual({ kind: 'file', size: 8, mode: 0o644, owner: 'root', modified: 7 });
  });

  it('tells missing files and wrong kinds by values', () => {
    const disk = new MemoryDisk(() => 0);
    disk.write('/f', 'x');
    expect(disk.read('/none')).toBeUndefined();
    expect(disk.read('/')).toBeUndefined();
    expect(disk.list('/f')).toBeUndefined();
    expect(disk.write('/f/g', 'x')).toBe(false);
    expect(disk.write('/', 'x')).toBe(false);
    expect(disk.makeDirectory('/f')).toBe(false);
    expect(disk.remove('/')).toBe(false);
    expect(disk.write('relative', 'x')).toBe(false);
    expect(disk.write('/a\0b', 'x')).toBe(false);
    expect(disk.write(`/${'n'.repeat(MAX_NAME + 1)}`, 'x')).toBe(false);
  });

  it('moves files, and no directory into itself', () => {
    const disk = new MemoryDisk(() => 0);
    disk.write('/a/f', '1');
    expect(disk.rename('/a', '/a/b')).toBe(false);
    expect(disk.rename('/a/f', '/g')).toBe(true);
    expect(disk.readText('/g')).toBe('1');
    expect(disk.list('/a')).toEqual([]);
  });

  it('keeps what it was given, not what its giver makes of it', () => {
    const disk = new MemoryDisk(() => 0);
    const bytes = new Uint8Array([1, 2]);
    disk.write('/f', bytes);
    disk.append('/g', bytes);
    bytes[0] = 9;
    expect([...(disk.read('/f') ?? [])]).toEqual([1, 2]);
    expect([...(disk.read('/g') ?? [])]).toEqual([1, 2]);
  });

  it('fills up, and has room again after a removal', () => {
    const disk = new MemoryDisk(() => 0);
    const half = new Uint8Array(DISK_SIZE / 2);
    expect(disk.write('/a', half)).toBe(true);
    expect(disk.write('/d/b', half)).toBe(true);
    expect(disk.append('/a', 'x')).toBe(false);
    expect(disk.remove('/d')).toBe(true);
    expect(disk.append('/a', 'x')).toBe(true);
  });

  it('holds a bounded number of files', () => {
    const disk = new MemoryDisk(() => 0);
    let made = 0;
    while (made <= MAX_NODES && disk.write(`/${made}`, '')) made++;
    expect(made).toBe(MAX_NODES - 1);
    disk.remove('/0');
    expect(disk.makeDirectory('/again')).toBe(true);
  });

  it('behaves like a map of paths', () => {
    const path = fc.constantFrom('/a', '/b', '/d/a', '/d/b');
    const act = fc.record({
      do: fc.constantFrom('write', 'append', 'remove', 'rename'),
      path,
      to: path,
      text: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const disk = new MemoryDisk(() => 0);
        disk.makeDirectory('/d');
        const model = new Map<string, string>();
        for (const { do: what, path: at, to, text } of acts) {
          const before = model.get(at);
          if (what === 'write') {
            disk.write(at, text);
            model.set(at, text);
          } else if (what === 'append') {
            disk.append(at, text);
            model.set(at, (before ?? '') + text);
          } else if (what === 'remove') expect(disk.remove(at)).toBe(model.delete(at));
          else if (disk.rename(at, to) && before !== undefined) {
            model.delete(at);
            model.set(to, before);
          }
        }
        for (const at of ['/a', '/b', '/d/a', '/d/b']) expect(disk.readText(at)).toBe(model.get(at));
      }),
    );
  });
});
