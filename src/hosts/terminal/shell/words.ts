/**
 * Recognises a command line that is one program and its arguments, with no work for a shell in it. Such a program gets the terminal
 * itself; everything else goes through just-bash.
 */

/** Anything that a shell would act upon. `~` and `#` only at the start of a word, which is good enough: bash takes those. */
const SHELL_WORK = /[|&;<>()$`\\*?[\]{}~#!\n]/;

/** The words of a simple command line, quotes removed; `undefined` when a shell is needed. */
export function simpleWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string;
    if (char === "'" || char === '"') {
      const close = line.indexOf(char, i + 1);
      if (close < 0) return undefined;
      const quoted = line.slice(i + 1, close);
      // Within double quotes, $, ` and \ still mean something.
      if (char === '"' && /[$`\\!]/.test(quoted)) return undefined;
      word = (word ?? '') + quoted;
      i = close;
    } else if (char === ' ' || char === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (SHELL_WORK.test(char)) {
      return undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (word !== undefined) words.push(word);
  // `NAME=value` is an assignment.
  return words[0]?.includes('=') === true ? undefined : words;
}
