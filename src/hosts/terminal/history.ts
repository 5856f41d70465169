/** Lines typed before, and the walk through them with the arrow keys. */
import { MAX_HISTORY } from './limits.ts';

export class History {
  private readonly lines: string[] = [];
  /** Where the walk stands: `lines.length` is the line being typed now. */
  private at = 0;
  private draft = '';

  get all(): readonly string[] {
    return this.lines;
  }

  add(line: string): void {
    if (line.trim() !== '' && this.lines[this.lines.length - 1] !== line) this.lines.push(line);
    if (this.lines.length > MAX_HISTORY) this.lines.shift();
    this.at = this.lines.length;
  }

  /** The line before (−1) or after (+1); `undefined` at the end. `current` is what stands on the line now. */
  walk(step: -1 | 1, current: string): string | undefined {
    const to = this.at + step;
    if (to < 0 || to > this.lines.length) return undefined;
    if (this.at === this.lines.length) this.draft = current;
    this.at = to;
    return to === this.lines.length ? this.draft : this.lines[to];
  }
}
