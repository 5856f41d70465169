/**
 * The sequence ladder: a lifeline for each place that has spoken, a slanted arrow for each message. Only the rows in sight are drawn, so
 * that a hundred thousand cost no more than thirty. It is a list box: arrow keys, Home and End choose a row, as a click does.
 */
import { select } from 'd3';
import type { LadderRow } from '../trace/index.ts';

export interface LadderTexts {
  /** What a screen reader calls the list. */
  readonly name?: string;
  place(id: string): string;
  /** What stands on the arrow. */
  row(row: LadderRow): string;
  /** What a screen reader says. */
  label(row: LadderRow): string;
}

export interface LadderOptions {
  readonly texts: LadderTexts;
  onRow(row: LadderRow): void;
}

export interface LadderModel {
  /** All rows that are shown, in order. */
  readonly rows: readonly LadderRow[];
  /** Rows from here on are still to come at the moment shown. */
  readonly upTo: number;
  /** Columns, in order; and which of them a node stands in. */
  readonly columns: readonly string[];
  readonly columnOf: (node: string) => string | undefined;
}

export interface LadderView {
  update(model: LadderModel): void;
  texts(texts: LadderTexts): void;
  destroy(): void;
}

const ROW = 40;
/** A line of names above the lifelines; where names are wider than their columns they take turns on up to three. */
const HEAD_LINE = 17;
const HEAD_LINES = 3;
/** Width of a character: of names, and of the labels in the monospaced face. */
const NAME_CHARACTER = 7.6;
const LABEL_CHARACTER = 7.9;
const SLANT = 12;
const BEYOND = 6;

/** Drawings made so far: their rows need ids that differ. */
let made = 0;

export function createLadder(container: HTMLElement, options: LadderOptions): LadderView {
  container.classList.add('ladder');
  const head = select(container).append('svg').attr('class', 'ladder-head').attr('aria-hidden', 'true');
  const scroller = select(container)
    .append('div')
    .attr('class', 'ladder-scroll')
    .attr('tabindex', 0)
    .attr('role', 'listbox');
  const svg = scroller.append('svg').attr('role', 'presentation');
  const prefix = `ladder-${made++}`;
  const lines = svg.append('g').attr('aria-hidden', 'true');
  const rowsLayer = svg.append('g');
  let texts = options.texts;
  let model: LadderModel = { rows: [], upTo: 0, columns: [], columnOf: () => undefined };
  let width = 0;
  let current = -1;

  const observer = new ResizeObserver(() => {
    width = container.clientWidth;
    draw();
  });
  observer.observe(container);
  const viewport = scroller.node() as HTMLDivElement;
  viewport.addEventListener('scroll', () => draw(), { passive: true });

  const xOf = (column: string): number => {
    const { columns } = model;
    const i = Math.max(0, columns.indexOf(column));
    const margin = Math.min(56, width / 6);
    return columns.length < 2 ? width / 2 : margin + ((width - 2 * margin) * i) / (columns.length - 1);
  };

  const idOf = (row: LadderRow): string => `${prefix}-${row.kind}-${row.index}`;

  function follow(): void {
    const last = model.upTo - 1;
    if (last === current) return;
    current = last;
    const bottom = (last + 2) * ROW;
    if (bottom > viewport.scrollTop + viewport.clientHeight || bottom - 2 * ROW < viewport.scrollTop) {
      viewport.scrollTop = Math.max(0, bottom - viewport.clientHeight + ROW);
    }
  }

  function drawHead(): void {
    const { columns } = model;
    const names = columns.map((column) => texts.place(column));
    const spacing = columns.length < 2 ? width : Math.abs(xOf(columns[1] ?? '') - xOf(columns[0] ?? ''));
    const widest = Math.max(1, ...names.map((name) => name.length * NAME_CHARACTER + 8));
    const levels = Math.min(HEAD_LINES, Math.max(1, Math.ceil(widest / spacing)));
    const height = 12 + levels * HEAD_LINE;
    const room = Math.max(3, Math.floor((spacing * levels - 6) / NAME_CHARACTER));
    head.attr('width', width).attr('height', height);
    const groups = head
      .selectAll<SVGGElement, string>('g')
      .data(columns, (column) => column)
      .join((enter) => {
        const group = enter.append('g');
        group.append('line');
        group.append('text').attr('text-anchor', 'middle');
        group.append('title');
        return group;
      });
    groups.attr('transform', (column) => `translate(${xOf(column)},0)`);
    groups
      .select('line')
      .attr('y1', (_column, i) => (i % levels) * HEAD_LINE + 20)
      .attr('y2', height);
    groups
      .select('text')
      .attr('x', (_column, i) => {
        const half = (Math.min(room, names[i]?.length ?? 0) * NAME_CHARACTER) / 2 + 4;
        const x = xOf(columns[i] ?? '');
        return Math.min(width - half, Math.max(half, x)) - x;
      })
      .attr('y', (_column, i) => (i % levels) * HEAD_LINE + 17)
      .text((_column, i) => shorten(names[i] ?? '', room));
    groups.select('title').text((_column, i) => names[i] ?? '');
  }

  function draw(): void {
    if (width === 0) return;
    const height = model.rows.length * ROW + ROW;
    svg.attr('width', width).attr('height', height);
    drawHead();
    lines
      .selectAll<SVGLineElement, string>('line')
      .data(model.columns, (column) => column)
      .join('line')
      .attr('x1', (column) => xOf(column))
      .attr('x2', (column) => xOf(column))
      .attr('y1', 0)
      .attr('y2', height);
    const from = Math.max(0, Math.floor(viewport.scrollTop / ROW) - BEYOND);
    const to = Math.min(model.rows.length, Math.ceil((viewport.scrollTop + viewport.clientHeight) / ROW) + BEYOND);
    const visible = model.rows.slice(from, to).map((row, i) => ({ row, place: from + i }));
    const groups = rowsLayer
      .selectAll<SVGGElement, (typeof visible)[number]>('g')
      .data(visible, ({ row }) => idOf(row))
      .join((enter) => {
        const group = enter
          .append('g')
          .attr('role', 'option')
          .attr('id', ({ row }) => idOf(row))
          .on('click', (_event, { row }) => options.onRow(row));
        group.append('rect').attr('class', 'band');
        group.append('path').attr('class', 'arrow');
        group.append('path').attr('class', 'tip');
        group.append('text').attr('text-anchor', 'middle');
        return group;
      });
    groups
      .attr('class', ({ row, place }) =>
        [
          'row',
          row.kind,
          row.pdu?.negative === true ? 'negative' : '',
          row.lost === true ? 'lost' : '',
          row.pdu?.kind === 'reply' || row.pdu?.kind === 'greeting' || row.pdu?.kind === 'response'
            ? 'reply'
            : 'command',
          place >= model.upTo ? 'future' : '',
          place === model.upTo - 1 ? 'current' : '',
        ].join(' '),
      )
      .attr('aria-selected', ({ place }) => String(place === model.upTo - 1))
      .style('--kind', ({ row }) => `var(--${row.protocol})`)
      .attr('aria-label', ({ row }) => texts.label(row))
      .attr('transform', ({ place }) => `translate(0,${place * ROW + 8})`);
    groups.each(function ({ row }) {
      const group = select(this);
      const a = xOf(model.columnOf(row.from) ?? '');
      const b = xOf(model.columnOf(row.to) ?? '');
      const self = a === b;
      // What was lost gets halfway.
      const end = self ? a + 26 : row.lost === true ? (a + b) / 2 : b;
      group
        .select('rect')
        .attr('x', 2)
        .attr('y', -4)
        .attr('width', Math.max(0, width - 4))
        .attr('height', ROW - 4)
        .attr('rx', 8);
      group.select('path.arrow').attr('d', self ? `M${a} 14h26v${SLANT}h-20` : `M${a} 16L${end} ${16 + SLANT}`);
      const direction = self ? -1 : Math.sign(end - a);
      const tipX = self ? a + 4 : end;
      const tipY = 16 + SLANT - (self ? 2 : 0);
      group
        .select('path.tip')
        .attr(
          'd',
          row.lost === true ? `M${tipX - 4} ${tipY - 4}l8 8m0 -8l-8 8` : `M${tipX} ${tipY}l${-8 * direction} -5v9z`,
        );
      const text = texts.row(row);
      // A message to itself is told beside its loop, where there is more room.
      const right = width - a - 40 >= a - 16;
      const room = !self ? width - 12 : right ? width - a - 40 : a - 16;
      const shown = shorten(text, Math.floor(room / LABEL_CHARACTER));
      const halfText = (shown.length * LABEL_CHARACTER) / 2 + 4;
      const middle = !self ? (a + end) / 2 : right ? a + 34 + halfText : a - 8 - halfText;
      group
        .select('text')
        .attr('x', Math.max(halfText, Math.min(width - halfText, middle)))
        .attr('y', self ? 26 : 12)
        .text(shown);
    });
    follow();
    const now = model.rows[model.upTo - 1];
    scroller.attr('aria-activedescendant', now === undefined ? null : idOf(now)).attr('aria-label', texts.name ?? null);
  }

  viewport.addEventListener('keydown', (event) => {
    const now = model.upTo - 1;
    const to = { ArrowUp: now - 1, ArrowDown: now + 1, Home: 0, End: model.rows.length - 1 }[event.key];
    const row = to === undefined ? undefined : model.rows[to];
    if (row === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    options.onRow(row);
  });

  return {
    update(next) {
      model = next;
      draw();
    },
    texts(next) {
      texts = next;
      draw();
    },
    destroy() {
      observer.disconnect();
      head.remove();
      scroller.remove();
    },
  };
}

function shorten(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, Math.max(1, room - 1))}…` : text;
}
