/**
 * A terminal device in cooked or key mode: turns keystrokes into lines for whoever reads, and programs' output into what the terminal
 * receives. Output that arrives while a line is being typed goes before that line, which is then drawn again.
 */
import type { History } from './history.ts';
import { KeyDecoder } from './keys.ts';
import { MAX_COLUMNS, MAX_COMPLETIONS, MAX_ROWS, MAX_TYPE_AHEAD, MIN_COLUMNS, MIN_ROWS } from './limits.ts';
import { LineEditor } from './line-editor.ts';
import { columnAfter } from './width.ts';

export interface Completion {
  /** How much of the text before the cursor is replaced. */
  readonly replaces: string;
  readonly candidates: readonly string[];
}

/** Who reads the keyboard now. */
export interface TtyReader {
  readonly mode: 'line' | 'key';
  readonly echo: boolean;
  /** Lines typed for this reader before; absent: none are kept. */
  readonly history?: History;
  line(text: string): void;
  key(data: string): void;
  endOfInput(): void;
  interrupt(): void;
  complete?(before: string): Completion;
}

export class Tty {
  private readonly keys = new KeyDecoder();
  private readonly size = { columns: 80, rows: 24 };
  private readonly editor: LineEditor;
  private reader: TtyReader | undefined;
  private typedAhead: string[] = [];
  private column = 0;
  private lastKey = '';
  private prompt = '';

  /** `write` sends to the terminal; `interrupt` is Ctrl-C while nobody reads. */
  constructor(
    private readonly write: (data: string) => void,
    private readonly interrupt: () => void,
  ) {
    this.editor = new LineEditor(
      (data) => this.write(data),
      this.size,
      () => this.reader?.mode === 'line' && this.reader.echo,
    );
  }

  get columns(): number {
    return this.size.columns;
  }

  get rows(): number {
    return this.size.rows;
  }

  resize(columns: number, rows: number): void {
    this.editor.hide();
    this.size.columns = Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, Math.floor(columns) || MIN_COLUMNS));
    this.size.rows = Math.min(MAX_ROWS, Math.max(MIN_ROWS, Math.floor(rows) || MIN_ROWS));
    this.editor.show(this.column);
  }

  /** Hands the keyboard to a reader, or to nobody; keys typed ahead go to it first. */
  read(reader: TtyReader | undefined): void {
    if (this.reader !== reader) this.editor.hide();
    const sameLine = this.reader !== undefined && reader !== undefined && this.reader.mode === reader.mode;
    const kept = sameLine && reader.echo ? this.editor.text : '';
    this.reader = reader;
    this.editor.begin(this.column);
    if (kept !== '') this.editor.insert(kept);
    this.feed();
  }

  /** Text before the line being typed. */
  ask(prompt: string): void {
    this.prompt = prompt;
    this.output(prompt);
  }

  input(data: string): void {
    for (const key of this.keys.decode(data)) {
      if (this.reader === undefined && key === '\x03') {
        this.typedAhead = [];
        this.put('^C\r\n');
        this.interrupt();
      } else if (this.typedAhead.length < MAX_TYPE_AHEAD) this.typedAhead.push(key);
    }
    this.feed();
  }

  /** Programs' output: `\n` becomes CR LF. */
  output(text: string): void {
    if (text === '') return;
    this.editor.hide();
    this.put(text.replace(/\r?\n/g, '\r\n'));
    this.editor.show(this.column);
  }

  private put(data: string): void {
    this.write(data);
    this.column = columnAfter(data, this.column) % this.size.columns;
  }

  private feed(): void {
    while (this.reader !== undefined && this.typedAhead.length > 0) {
      const key = this.typedAhead.shift() as string;
      const afterCr = this.lastKey === '\r';
      this.lastKey = key;
      // CR LF is one Enter.
      if (key === '\n' && afterCr) continue;
      if (this.reader.mode === 'key') this.reader.key(key);
      else this.edit(key, this.reader);
    }
  }

  private edit(key: string, reader: TtyReader): void {
    const { editor } = this;
    switch (key) {
      case '\r':
      case '\n':
        return this.enter(reader);
      case '\x03':
        editor.finishWith('^C');
        this.newLine();
        return reader.interrupt();
      case '\x04':
        if (editor.empty) reader.endOfInput();
        else editor.erase(1);
        return;
      case '\t':
        return this.complete(reader);
      case '\x0c':
        this.write('\x1b[2J\x1b[H');
        this.column = 0;
        this.put(this.prompt);
        return editor.show(this.column);
      default: {
        const act = KEYS[key];
        if (act !== undefined) act(editor, reader);
        else if (key >= ' ' && key !== '\x7f' && !key.startsWith('\x1b')) editor.insert(key);
        else if (key < ' ' && key.length === 1) reader.key(key);
      }
    }
  }

  private enter(reader: TtyReader): void {
    const line = this.editor.text;
    this.editor.finish();
    if (reader.echo) reader.history?.add(line);
    this.newLine();
    reader.line(line);
  }

  private newLine(): void {
    this.column = 0;
    this.prompt = '';
    this.editor.begin(0);
  }

  private complete(reader: TtyReader): void {
    // A program's line: Tab would only be an invisible character.
    if (reader.complete === undefined) return;
    const { replaces, candidates } = reader.complete(this.editor.before);
    const [first] = candidates;
    if (first === undefined) return;
    const common = candidates.reduce(commonPrefix, first);
    const suffix = candidates.length === 1 && !first.endsWith('/') ? ' ' : '';
    if (common.length > replaces.length || suffix !== '') {
      this.editor.insert(common.slice(replaces.length) + suffix);
      return;
    }
    const listed = candidates.slice(0, MAX_COMPLETIONS);
    const prompt = this.prompt;
    this.editor.finish();
    this.column = 0;
    this.put(`${listed.join('  ')}${listed.length < candidates.length ? '  …' : ''}\r\n${prompt}`);
    this.editor.show(this.column);
  }
}

type KeyAction = (editor: LineEditor, reader: TtyReader) => void;

const recall =
  (step: -1 | 1): KeyAction =>
  (editor, { history }) => {
    if (history !== undefined) editor.recall(history, step);
  };
const start: KeyAction = (editor) => editor.moveTo(0);
const end: KeyAction = (editor) => editor.moveTo(editor.length);
const left: KeyAction = (editor) => editor.move(-1);
const right: KeyAction = (editor) => editor.move(1);
const backspace: KeyAction = (editor) => editor.erase(-1);

/** readline's default key bindings. */
const KEYS: Readonly<Record<string, KeyAction>> = {
  '\x7f': backspace,
  '\x08': backspace,
  '\x1b[3~': (editor) => editor.erase(1),
  '\x15': (editor) => editor.eraseToStart(),
  '\x0b': (editor) => editor.eraseToEnd(),
  '\x17': (editor) => editor.eraseWord(),
  '\x01': start,
  '\x1b[H': start,
  '\x1bOH': start,
  '\x1b[1~': start,
  '\x05': end,
  '\x1b[F': end,
  '\x1bOF': end,
  '\x1b[4~': end,
  '\x02': left,
  '\x1b[D': left,
  '\x1bOD': left,
  '\x06': right,
  '\x1b[C': right,
  '\x1bOC': right,
  '\x10': recall(-1),
  '\x1b[A': recall(-1),
  '\x1bOA': recall(-1),
  '\x0e': recall(1),
  '\x1b[B': recall(1),
  '\x1bOB': recall(1),
};

function commonPrefix(a: string, b: string): string {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a.slice(0, i);
}
