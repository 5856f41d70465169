/**
 * The time line: a slider over the entries of the run, with its phases below and markers on it. It goes by what happened, not by virtual
 * time, so that a half-hour wait takes no more room than a frame.
 */
import { pointer, select } from 'd3';
import type { Marker } from '../trace/index.ts';

export interface TimelineModel {
  /** Entries so far, and how many of them the moment shown includes. */
  readonly length: number;
  readonly position: number;
  readonly markers: readonly Marker[];
  readonly phases: readonly { readonly from: number; readonly label: string }[];
}

export interface TimelineTexts {
  readonly name: string;
  /** What the slider says of a position. */
  value(position: number, length: number): string;
  marker(marker: Marker): string;
}

export interface TimelineOptions {
  readonly texts: TimelineTexts;
  /** A position was chosen: a number of entries. `done` when the drag is over. */
  onSeek(position: number, done: boolean): void;
}

export interface TimelineView {
  update(model: TimelineModel): void;
  texts(texts: TimelineTexts): void;
  destroy(): void;
}

const HEIGHT = 52;
const TRACK = 20;
const PAD = 12;

export function createTimeline(container: HTMLElement, options: TimelineOptions): TimelineView {
  const svg = select(container).append('svg').attr('class', 'timeline').attr('height', HEIGHT);
  const track = svg
    .append('rect')
    .attr('class', 'track')
    .attr('y', TRACK - 4)
    .attr('height', 8)
    .attr('rx', 4);
  const played = svg
    .append('rect')
    .attr('class', 'played')
    .attr('y', TRACK - 4)
    .attr('height', 8)
    .attr('rx', 4);
  const phases = svg.append('g').attr('class', 'phases');
  const markers = svg.append('g').attr('class', 'markers');
  const head = svg
    .append('circle')
    .attr('class', 'head')
    .attr('r', 10)
    .attr('cy', TRACK)
    .attr('tabindex', 0)
    .attr('role', 'slider');
  let texts = options.texts;
  let model: TimelineModel = { length: 0, position: 0, markers: [], phases: [] };
  let width = 0;
  let dragging = false;

  const xOf = (position: number): number =>
    PAD + (width - 2 * PAD) * (model.length === 0 ? 0 : Math.min(1, position / model.length));
  const positionAt = (x: number): number =>
    Math.round(Math.max(0, Math.min(1, (x - PAD) / Math.max(1, width - 2 * PAD))) * model.length);

  const observer = new ResizeObserver(() => {
    width = container.clientWidth;
    svg.attr('width', width);
    draw();
  });
  observer.observe(container);

  const node = svg.node() as SVGSVGElement;
  svg.on('pointerdown', (event: PointerEvent) => {
    dragging = true;
    node.setPointerCapture(event.pointerId);
    options.onSeek(positionAt(pointer(event, node)[0]), false);
  });
  svg.on('pointermove', (event: PointerEvent) => {
    if (dragging) options.onSeek(positionAt(pointer(event, node)[0]), false);
  });
  svg.on('pointerup pointercancel', (event: PointerEvent) => {
    if (!dragging) return;
    dragging = false;
    options.onSeek(positionAt(pointer(event, node)[0]), true);
  });
  head.on('keydown', (event: KeyboardEvent) => {
    const step = Math.max(1, Math.round(model.length / 50));
    const to = {
      ArrowLeft: model.position - 1,
      ArrowRight: model.position + 1,
      PageDown: model.position - step,
      PageUp: model.position + step,
      Home: 0,
      End: model.length,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    options.onSeek(Math.max(0, Math.min(model.length, to)), true);
  });

  function draw(): void {
    if (width === 0) return;
    const x = xOf(model.position);
    track.attr('x', PAD).attr('width', Math.max(0, width - 2 * PAD));
    played.attr('x', PAD).attr('width', Math.max(0, x - PAD));
    head
      .attr('cx', x)
      .attr('aria-label', texts.name)
      .attr('aria-valuemin', 0)
      .attr('aria-valuemax', model.length)
      .attr('aria-valuenow', model.position)
      .attr('aria-valuetext', texts.value(model.position, model.length));
    const groups = phases
      .selectAll<SVGGElement, TimelineModel['phases'][number]>('g')
      .data(model.phases)
      .join((enter) => {
        const group = enter.append('g');
        group
          .append('rect')
          .attr('width', 2)
          .attr('height', 26)
          .attr('y', TRACK - 13);
        group.append('text').attr('y', HEIGHT - 4);
        return group;
      });
    groups.attr('transform', ({ from }) => `translate(${xOf(from)},0)`);
    groups
      .select('text')
      .attr('x', (_phase, i) => (i === 0 ? 0 : 2))
      .text(({ label }, i) => {
        const from = xOf(model.phases[i]?.from ?? 0);
        const to = i + 1 < model.phases.length ? xOf(model.phases[i + 1]?.from ?? 0) : width;
        const room = Math.floor((to - from - 6) / 7);
        return label.length <= room ? label : room > 3 ? `${label.slice(0, room - 1)}…` : '';
      });
    markers
      .selectAll<SVGGElement, Marker>('g')
      .data(model.markers, ({ seq, kind }) => `${seq} ${kind}`)
      .join((enter) => {
        const group = enter.append('g');
        group.append('circle').attr('cy', TRACK).attr('r', 4);
        group.append('title');
        return group;
      })
      .attr('class', ({ kind }) => kind)
      .attr('transform', ({ seq }) => `translate(${xOf(seq + 1)},0)`)
      .select('title')
      .text((marker) => texts.marker(marker));
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
      svg.remove();
    },
  };
}
