/** How many cells text takes on a terminal: East Asian wide characters and emoji two, combining marks none. */

const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe4f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

export function charWidth(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x300) return code < 0x20 || (code >= 0x7f && code < 0xa0) ? 0 : 1;
  if (/\p{M}|\p{Cf}/u.test(char)) return 0;
  for (const [from, to] of WIDE) if (code >= from && code <= to) return 2;
  return 1;
}

const TAB = 8;

/** The column after writing `text` from `column`; escape sequences take no room. */
export function columnAfter(text: string, column: number): number {
  const lineStart = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with ESC
  const visible = text.slice(lineStart).replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, '');
  let at = lineStart > 0 ? 0 : column;
  for (const char of visible) at = char === '\t' ? at - (at % TAB) + TAB : at + charWidth(char);
  return at;
}
