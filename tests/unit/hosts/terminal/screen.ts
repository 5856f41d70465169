/** The least terminal that shows what a line editor draws: cells, wrapping with the pending state of VT100, cursor moves, clearing. */
import { charWidth } from '../../../../src/hosts/terminal/width.ts';

export class Screen {
  private rows: string[][] = [[]];
  private row = 0;
  private column = 0;
  private pending = false;

  constructor(private readonly columns: number) {}

  write(data: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with ESC
    for (const [token] of data.matchAll(/\x1b\[[\d;]*[A-Za-z]|./gsu)) this.take(token);
  }

  /** What each row shows, blanks at its end removed. */
  get text(): readonly string[] {
    const rows = this.rows.map((cells) =>
      Array.from(cells, (cell) => cell ?? ' ')
        .join('')
        .trimEnd(),
    );
    while (rows.length > 1 && rows[rows.length - 1] === '') rows.pop();
    return rows;
  }

  get cursor(): readonly [number, number] {
    return this.pending ? [this.row + 1, 0] : [this.row, this.column];
  }

  private take(token: string): void {
    const count = Number(token.slice(2, -1)) || 1;
    if (token.startsWith('\x1b[')) {
      this.pending = false;
      if (token.endsWith('A')) this.row = Math.max(0, this.row - count);
      else if (token.endsWith('B')) this.row += count;
      else if (token.endsWith('C')) this.column = Math.min(this.columns - 1, this.column + count);
      else if (token.endsWith('D')) this.column = Math.max(0, this.column - count);
      else if (token.endsWith('J')) {
        this.cells().length = Math.min(this.cells().length, this.column);
        this.rows.length = this.row + 1;
      }
    } else if (token === '\r') {
      this.column = 0;
      this.pending = false;
    } else if (token === '\n') {
      this.row++;
      this.pending = false;
    } else this.print(token);
  }

  private print(char: string): void {
    const width = charWidth(char);
    if (width === 0) {
      const at = this.pending ? this.column : this.column - 1;
      const base = this.cells()[at] === '' ? at - 1 : at;
      this.cells()[base] = `${this.cells()[base] ?? ''}${char}`;
      return;
    }
    if (this.pending || this.column + width > this.columns) {
      this.row++;
      this.column = 0;
      this.pending = false;
    }
    this.cells()[this.column] = char;
    if (width === 2) this.cells()[this.column + 1] = '';
    this.column += width;
    if (this.column >= this.columns) {
      this.column = this.columns - 1;
      this.pending = true;
    }
  }

  private cells(): string[] {
    while (this.rows.length <= this.row) this.rows.push([]);
    return this.rows[this.row] as string[];
  }
}
