/**
 * Editing one line on a terminal, and drawing it: insertion, deletion, cursor, history. It writes what the terminal must receive and
 * knows where the line wraps. Which keys do what follows readline's defaults.
 */
import type { History } from './history.ts';
import { MAX_LINE } from './limits.ts';
import { charWidth } from './width.ts';

export class LineEditor {
  private chars: string[] = [];
  private cursor = 0;
  /** Column where the line begins: after the prompt. */
  private origin = 0;

  constructor(
    private readonly write: (data: string) => void,
    private readonly size: { readonly columns: number },
    private readonly shown: () => boolean,
  ) {}

  get text(): string {
    return this.chars.join('');
  }

  /** The text before the cursor. */
  get before(): string {
    return this.chars.slice(0, this.cursor).join('');
  }

  get empty(): boolean {
    return this.chars.length === 0;
  }

  /** A new line begins at `column`. */
  begin(column: number): void {
    this.chars = [];
    this.cursor = 0;
    this.origin = column;
  }

  /** Takes the line off the screen, so that other output can come before it. */
  hide(): void {
    if (!this.shown() || this.empty) return;
    this.moveDrawn(this.cursor, 0);
    this.write('\x1b[J');
  }

  /** Draws the line again, beginning at `column`. */
  show(column: number): void {
    this.origin = column;
    if (!this.shown() || this.empty) return;
    this.draw(0);
  }

  /** Leaves the line on the screen and goes to the next. */
  finish(): void {
    if (this.shown()) this.moveDrawn(this.cursor, this.chars.length);
    this.write('\r\n');
  }

  /** Gives the line up: `mark` shows why. */
  finishWith(mark: string): void {
    if (this.shown()) this.moveDrawn(this.cursor, this.chars.length);
    this.write(`${mark}\r\n`);
  }

  insert(text: string): void {
    const added = [...text].slice(0, MAX_LINE - this.chars.length);
    if (added.length === 0) return;
    this.chars.splice(this.cursor, 0, ...added);
    const at = this.cursor;
    this.cursor += added.length;
    // Typing at the end leaves nothing behind to clear.
    if (this.shown()) this.draw(at, this.cursor < this.chars.length);
  }

  /** Removes `count` characters before (negative) or after the cursor. */
  erase(count: number): void {
    const from = Math.max(0, Math.min(this.cursor, this.cursor + count));
    const to = Math.min(this.chars.length, Math.max(this.cursor, this.cursor + count));
    if (from === to) return;
    if (this.shown()) this.moveDrawn(this.cursor, from);
    this.chars.splice(from, to - from);
    this.cursor = from;
    if (this.shown()) this.draw(from, true);
  }

  eraseWord(): void {
    let at = this.cursor;
    while (at > 0 && this.chars[at - 1] === ' ') at--;
    while (at > 0 && this.chars[at - 1] !== ' ') at--;
    this.erase(at - this.cursor);
  }

  eraseToStart(): void {
    this.erase(-this.cursor);
  }

  eraseToEnd(): void {
    this.erase(this.chars.length - this.cursor);
  }

  move(by: number): void {
    this.moveTo(this.cursor + by);
  }

  moveTo(index: number): void {
    const to = Math.max(0, Math.min(this.chars.length, index));
    if (this.shown()) this.moveDrawn(this.cursor, to);
    this.cursor = to;
  }

  get length(): number {
    return this.chars.length;
  }

  replace(text: string): void {
    if (this.shown()) {
      this.moveDrawn(this.cursor, 0);
      this.write('\x1b[J');
    }
    this.chars = [...text].slice(0, MAX_LINE);
    this.cursor = this.chars.length;
    if (this.shown()) this.draw(0);
  }

  recall(history: History, step: -1 | 1): void {
    const line = history.walk(step, this.text);
    if (line !== undefined) this.replace(line);
  }

  /** Writes the characters from `from` on, where the terminal's cursor stands, and puts the cursor back in place. */
  private draw(from: number, stale = false): void {
    const { columns } = this.size;
    let tail = '';
    let end = this.cells(from);
    for (const char of this.chars.slice(from)) {
      const next = cellsAfter(end, char, columns);
      // A wide character that does not fit goes to the next row; what stood in the cell that stays free must go.
      if (next - end > charWidth(char)) tail += ' ';
      tail += char;
      end = next;
    }
    // A terminal that has just filled its last column waits before it wraps: a blank makes it wrap now.
    const wraps = tail !== '' && end % columns === 0;
    this.write(`${tail}${wraps ? ' \r' : ''}${stale ? '\x1b[J' : ''}`);
    this.moveDrawn(this.chars.length, this.cursor);
  }

  /** Moves the terminal's cursor from one character's place to another's. */
  private moveDrawn(from: number, to: number): void {
    if (from === to) return;
    const { columns } = this.size;
    const start = this.cells(from);
    const end = this.cells(to);
    const rows = Math.floor(end / columns) - Math.floor(start / columns);
    const column = (end % columns) - (start % columns);
    if (rows !== 0) this.write(`\x1b[${Math.abs(rows)}${rows < 0 ? 'A' : 'B'}`);
    if (column !== 0) this.write(`\x1b[${Math.abs(column)}${column < 0 ? 'D' : 'C'}`);
  }

  /** Cells from the first column of the line's first row to where the cursor stands before the character at `index`. */
  private cells(index: number): number {
    let cells = this.origin;
    for (let i = 0; i < index; i++) cells = cellsAfter(cells, this.chars[i] as string, this.size.columns);
    return cells;
  }
}

function cellsAfter(cells: number, char: string, columns: number): number {
  const width = charWidth(char);
  const skipped = width === 2 && cells % columns === columns - 1 ? 1 : 0;
  return cells + skipped + width;
}
