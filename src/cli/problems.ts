/** Prints what is wrong with files the way compilers do, so that editors can jump to it. */
import type { FileProblem } from '../scenario/index.ts';

export function problemLine({ file, line, column, path, expected, got }: FileProblem): string {
  const place = line > 0 ? `${file}:${line}:${column}` : file;
  return `${place}: ${path === '' ? '' : `${path}: `}expected ${expected}; got ${got}`;
}

/** Prints to standard error and sets the exit status to 1. */
export function failWith(problems: readonly FileProblem[]): void {
  for (const problem of problems) console.error(problemLine(problem));
  process.exitCode = 1;
}
