/**
 * The sequence ladder: a lifeline for each place that has spoken, a slanted arrow for each message. Only the rows in sight are drawn, so
 * that a hundred thousand cost no more than thirty. Rows are buttons; the rest of the arrow keys' work is the scroll container's.
 */
import { select } from 'd3';
import type { LadderRow } from '../trace/index.ts';

export interface LadderTexts {
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
const HEAD = 34;
const SLANT = 12;
const BEYOND = 6;

export function createLadder(container: HTMLElement, options: LadderOptions): LadderView {
  container.classList.add('ladder');
  const head = select(container).append('svg').attr('class', 'ladder-head').attr('aria-hidden', 'true');
  const scroller = select(container).append('div').attr('class', 'ladder-scroll').attr('tabindex', 0);
  const svg = scroller.append('svg').attr('role', 'list');
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

  function follow(): void {
    const last = model.upTo - 1;
    if (last === current) return;
    current = last;
    const bottom = (last + 2) * ROW;
    if (bottom > viewport.scrollTop + viewport.clientHeight || bottom - 2 * ROW < viewport.scrollTop) {
      viewport.scrollTop = Math.max(0, bottom - viewport.clientHeight + ROW);
    }
  }

  function draw(): void {
    if (width === 0) return;
    const height = model.rows.length * ROW + ROW;
    svg.attr('width', width).attr('height', height);
    head.attr('width', width).attr('height', HEAD);
    head
      .selectAll<SVGTextElement, string>('text')
      .data(model.columns, (column) => column)
      .join('text')
      .attr('x', (column) => xOf(column))
      .attr('y', 22)
      .attr('text-anchor', 'middle')
      .text((column) => texts.place(column));
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
      .data(visible, ({ row }) => row.index)
      .join((enter) => {
        const group = enter
          .append('g')
          .attr('role', 'listitem')
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
          row.pdu?.kind === 'reply' || row.pdu?.kind === 'greeting' || row.pdu?.kind === 'response'
            ? 'reply'
            : 'command',
          place >= model.upTo ? 'future' : '',
          place === model.upTo - 1 ? 'current' : '',
        ].join(' '),
      )
      .style('--kind', ({ row }) => `var(--${row.protocol})`)
      .attr('aria-label', ({ row }) => texts.label(row))
      .attr('transform', ({ place }) => `translate(0,${place * ROW + 8})`);
    groups.each(function ({ row }) {
      const group = select(this);
      const a = xOf(model.columnOf(row.from) ?? '');
      const b = xOf(model.columnOf(row.to) ?? '');
      const self = a === b;
      const end = self ? a + 26 : b;
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
      group.select('path.tip').attr('d', `M${tipX} ${16 + SLANT - (self ? 2 : 0)}l${-8 * direction} -5v9z`);
      const text = texts.row(row);
      const middle = self ? Math.min(width - 60, a + 90) : (a + end) / 2;
      const room = self ? 22 : Math.max(8, Math.floor((Math.abs(end - a) + 30) / 7.2));
      group
        .select('text')
        .attr('x', middle)
        .attr('y', 12)
        .text(text.length > room ? `${text.slice(0, room - 1)}…` : text);
    });
    follow();
  }

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
