/** What Tab offers: command names at the start of a line, files, and host names everywhere else. */
import type { Disk } from '../disk/disk.ts';
import type { Completion } from './tty.ts';

export interface CompletionSources {
  readonly disk: Disk;
  readonly commands: readonly string[];
  readonly cwd: string;
  readonly home: string;
  readonly hosts: readonly string[];
}

/** Completes the last word of `before`. */
export function complete(before: string, sources: CompletionSources): Completion {
  const word = /[^\s|;&<>]*$/.exec(before)?.[0] ?? '';
  const head = before.slice(0, before.length - word.length);
  const first = /(^|[|;&])\s*$/.test(head);
  const from = first && !word.includes('/') ? sources.commands : [];
  const names = [
    ...from,
    ...(first ? [] : atHosts(word, sources.hosts)),
    ...(first && word === '' ? [] : paths(word, sources)),
  ];
  const candidates = [...new Set(names.filter((name) => name.startsWith(word) && name !== ''))].sort();
  return { replaces: word, candidates };
}

/** Host names also after `@`: `dig @ns.alba.example`, `ana@alba.example`. */
function atHosts(word: string, hosts: readonly string[]): readonly string[] {
  const at = word.lastIndexOf('@') + 1;
  return word === '' ? [] : hosts.map((host) => word.slice(0, at) + host);
}

function paths(word: string, { disk, cwd, home }: CompletionSources): readonly string[] {
  const slash = word.lastIndexOf('/') + 1;
  const directory = word.slice(0, slash);
  const expanded = directory.startsWith('~/') ? home + directory.slice(1) : directory;
  const base = expanded.startsWith('/') ? expanded : `${cwd}/${expanded}`;
  return (disk.list(base) ?? [])
    .filter((name) => word.slice(slash).startsWith('.') || !name.startsWith('.'))
    .map((name) => `${directory}${name}${disk.stat(`${base}/${name}`)?.kind === 'directory' ? '/' : ''}`);
}
