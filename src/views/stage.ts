/**
 * The stage: networks as quiet regions, nodes as calm tiles, and frames in flight as the loudest thing on it. Draws a model; knows
 * nothing of time. Zoom and pan with wheel and drag; every tile is a button that a keyboard reaches.
 */
import { type Selection, select, zoom, zoomIdentity } from 'd3';
import { ENVELOPE, NODE_ICONS } from './icons.ts';
import { type Geometry, geometry, region, type Size } from './stage-geometry.ts';
import type { CableNow, PillNow, Place, StageLayout, StageModel, TileNow } from './stage-model.ts';
import { ENVELOPE_WIDTH, type PlacedPill, placePills } from './stage-pills.ts';
import { type End, noteAt, pathOf, type Route, route } from './stage-routes.ts';

export interface StageTexts {
  /** A tile's name, the line below it, and what a screen reader says. */
  name(place: Place): string;
  detail(tile: TileNow): string;
  label(tile: TileNow): string;
  network(id: string): string;
  /** What a screen reader and a tooltip say of a frame. */
  frame(pill: PillNow): string;
  /** The note beside a cable with a fault; empty for none. */
  cable(cable: CableNow): string;
}

export interface StageOptions {
  readonly texts: StageTexts;
  onPlace(place: Place): void;
  onFrame(seq: number): void;
}

export interface StageView {
  layout(layout: StageLayout): void;
  update(model: StageModel): void;
  texts(texts: StageTexts): void;
  destroy(): void;
}

type Group = Selection<SVGGElement, unknown, null, undefined>;

const HUB = 5;
const ROUTER = 20;
/** Size of type, in px, at which the drawing has its own size. */
const NORMAL_TYPE = 15;

export function createStage(container: HTMLElement, options: StageOptions): StageView {
  const svg = select(container).append('svg').attr('class', 'stage').attr('role', 'group');
  const world = svg.append('g');
  const layers = {
    regions: world.append('g').attr('aria-hidden', 'true'),
    cables: world.append('g').attr('aria-hidden', 'true'),
    /** Names of regions: above the cables, or a cable would strike them out. */
    names: world.append('g').attr('aria-hidden', 'true'),
    tiles: world.append('g'),
    pills: world.append('g').attr('class', 'pills'),
  };
  /** Whoever wants less motion sees frames leave, be halfway, and be there. */
  const stepping = matchMedia('(prefers-reduced-motion: reduce)');
  let texts = options.texts;
  let layout: StageLayout = { places: [], placeOf: new Map(), cables: [] };
  let model: StageModel = { tiles: [], cables: [], pills: [] };
  let size: Size = { width: 0, height: 0 };
  let shape: Geometry = geometry([], size);

  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.5, 4])
    .on('zoom', (event: { transform: { toString(): string } }) => world.attr('transform', event.transform.toString()));
  svg.call(zooming).on('dblclick.zoom', null);
  svg.on('dblclick', () => svg.call(zooming.transform, zoomIdentity));

  /** Larger type means a larger drawing of the same space: everything grows together. */
  function measure(): void {
    const { clientWidth, clientHeight } = container;
    const scale = Number.parseFloat(getComputedStyle(container).fontSize) / NORMAL_TYPE || 1;
    size = { width: clientWidth / scale, height: clientHeight / scale };
    svg.attr('width', clientWidth).attr('height', clientHeight).attr('viewBox', `0 0 ${size.width} ${size.height}`);
    shape = geometry(layout.places, size);
    layCables();
    drawRegions();
    draw();
  }
  const observer = new ResizeObserver(measure);
  observer.observe(container);
  const typeObserver = new MutationObserver(measure);
  typeObserver.observe(document.documentElement, { attributes: true, attributeFilter: ['data-size'] });

  const half = (place: Place): Size =>
    place.kind === 'tile'
      ? { width: shape.tile.width / 2, height: shape.tile.height / 2 }
      : { width: place.kind === 'router' ? ROUTER : 0, height: place.kind === 'router' ? ROUTER : 0 };

  /** The way of each cable, by its ends in both directions. */
  let routes: ReadonlyMap<string, Route> = new Map();

  function layCables(): void {
    const ends = layout.places.map((place): End => ({ id: place.id, at: shape.at(place), half: half(place) }));
    const tiles = ends.filter((_end, i) => layout.places[i]?.kind !== 'hub');
    const laid = new Map<string, Route>();
    for (const { a, b } of layout.cables) {
      const [from, to] = [ends.find(({ id }) => id === a), ends.find(({ id }) => id === b)];
      if (from === undefined || to === undefined) continue;
      const way = route(from, to, tiles);
      laid.set(`${a}--${b}`, way).set(`${b}--${a}`, way.toReversed());
    }
    routes = laid;
  }

  function drawRegions(): void {
    const networks = [...new Set(layout.places.map(({ network }) => network))].filter((id) => id !== '');
    const boxes = networks.flatMap((id) => {
      const box = region(layout.places, id, shape);
      return box === undefined ? [] : [{ id, ...box }];
    });
    layers.regions
      .selectAll<SVGRectElement, (typeof boxes)[number]>('rect')
      .data(boxes, ({ id }) => id)
      .join('rect')
      .attr('class', 'region')
      .attr('rx', 20)
      .attr('x', ({ x }) => x)
      .attr('y', ({ y }) => y)
      .attr('width', ({ width }) => width)
      .attr('height', ({ height }) => height);
    layers.names
      .selectAll<SVGTextElement, (typeof boxes)[number]>('text')
      .data(boxes, ({ id }) => id)
      .join('text')
      .attr('class', 'region-name')
      .attr('x', ({ x }) => x + 14)
      .attr('y', ({ y }) => y + 20)
      .text(({ id }) => texts.network(id));
  }

  function draw(): void {
    if (size.width === 0) return;
    drawCables();
    drawTiles();
    drawPills();
  }

  function drawCables(): void {
    const groups = layers.cables
      .selectAll<SVGGElement, CableNow>('g')
      .data(
        // What is in use lies on top where cables share a way.
        [...model.cables].sort((a, b) => Number(a.active) - Number(b.active)),
        ({ id }) => id,
      )
      .join((enter) => {
        const group = enter.append('g').attr('class', 'cable');
        group.append('path');
        group.append('text').attr('text-anchor', 'middle');
        return group;
      });
    groups.classed('down', ({ down }) => down).classed('active', ({ active }) => active);
    groups.each(function (cable) {
      const way = routes.get(cable.id);
      if (way === undefined) return;
      const group = select(this);
      group.select('path').attr('d', pathOf(way));
      const note = noteAt(way);
      group
        .select('text')
        .attr('x', note.x)
        .attr('y', note.y - 8)
        .text(texts.cable(cable));
    });
    groups.order();
    const hubs = layout.places.filter(({ kind }) => kind === 'hub');
    layers.cables
      .selectAll<SVGCircleElement, Place>('circle')
      .data(hubs, ({ id }) => id)
      .join('circle')
      .attr('class', 'hub')
      .attr('r', HUB)
      .attr('cx', (place) => shape.at(place).x)
      .attr('cy', (place) => shape.at(place).y);
  }

  function drawTiles(): void {
    const groups = layers.tiles
      .selectAll<SVGGElement, TileNow>('g.tile')
      .data(model.tiles, ({ place }) => place.id)
      .join((enter) => {
        const group = enter
          .append('g')
          .attr('role', 'button')
          .attr('tabindex', 0)
          .on('click', (_event, { place }) => options.onPlace(place))
          .on('keydown', (event: KeyboardEvent, { place }) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            event.stopPropagation();
            options.onPlace(place);
          });
        group.append('rect');
        group.append('g').attr('class', 'icon');
        group.append('text').attr('class', 'name').attr('text-anchor', 'middle');
        group.append('text').attr('class', 'detail').attr('text-anchor', 'middle');
        return group;
      });
    groups
      .attr('class', ({ place }) => `tile ${place.kind}`)
      .classed('focus', ({ focus }) => focus)
      .classed('active', ({ active }) => active)
      .classed('off', ({ now }) => !now.up)
      .attr('aria-label', (tile) => texts.label(tile))
      .attr('transform', ({ place }) => {
        const { x, y } = shape.at(place);
        return `translate(${x},${y})`;
      });
    groups.each(function (tile) {
      drawTile(select(this) as unknown as Group, tile);
    });
  }

  function drawTile(group: Group, tile: TileNow): void {
    const { place } = tile;
    const small = place.kind === 'router';
    const width = small ? ROUTER * 2 : shape.tile.width;
    const height = small ? ROUTER * 2 : shape.tile.height;
    group
      .select('rect')
      .attr('x', -width / 2)
      .attr('y', -height / 2)
      .attr('width', width)
      .attr('height', height)
      .attr('rx', small ? ROUTER : 14);
    const detail = small ? '' : texts.detail(tile);
    const tall = height >= 70;
    const top = small ? -12 : -height / 2 + (tall ? 8 : 4);
    group
      .select('g.icon')
      .attr('transform', `translate(-12,${top})`)
      .selectAll('path')
      .data(NODE_ICONS[place.icon] ?? [])
      .join('path')
      .attr('d', (d) => d);
    group
      .select('text.name')
      .attr('y', detail === '' && tall ? 18 : tall ? 14 : 10)
      .text(small ? '' : texts.name(place));
    group
      .select('text.detail')
      .attr('y', tall ? 30 : 24)
      .text(detail);
  }

  function drawPills(): void {
    const groups = layers.pills
      .selectAll<SVGGElement, PlacedPill>('g.pill')
      .data(placePills(model.pills, routes, stepping.matches), ({ pill }) => pill.key)
      .join((enter) => {
        const group = enter.append('g').on('click', (_event, { pill }) => options.onFrame(pill.seq));
        group.append('rect');
        group.append('g').attr('class', 'envelope');
        group.append('text').attr('text-anchor', 'middle');
        group.append('title');
        return group;
      });
    groups.attr('class', ({ pill: { kind, lost, retransmission, negative } }) =>
      [
        'pill',
        kind === 'tcp' ? 'control' : 'data',
        lost ? 'lost' : '',
        retransmission ? 'again' : '',
        negative ? 'negative' : '',
      ].join(' '),
    );
    groups.each(function (placed) {
      drawPill(select(this) as unknown as Group, placed);
    });
  }

  function drawPill(group: Group, { pill, width, height, x, y }: PlacedPill): void {
    const icon = pill.message ? ENVELOPE_WIDTH : 0;
    group.attr('transform', `translate(${x},${y})`).style('--kind', `var(--${pill.kind})`);
    group
      .select('rect')
      .attr('x', -width / 2)
      .attr('y', -height / 2)
      .attr('width', width)
      .attr('height', height)
      .attr('rx', height / 2);
    group
      .select('g.envelope')
      .attr('transform', `translate(${-width / 2 + 10},-5.5)`)
      .selectAll('path')
      .data(pill.message ? ENVELOPE : [])
      .join('path')
      .attr('d', (d) => d);
    group
      .select('text')
      .attr('x', icon / 2)
      .attr('y', pill.kind === 'tcp' ? 4 : 5)
      .text(pill.lost ? '✕' : pill.label);
    group.select('title').text(texts.frame(pill));
  }

  return {
    layout(next) {
      layout = next;
      shape = geometry(layout.places, size);
      layCables();
      drawRegions();
      draw();
    },
    update(next) {
      model = next;
      draw();
    },
    texts(next) {
      texts = next;
      drawRegions();
      draw();
    },
    destroy() {
      observer.disconnect();
      typeObserver.disconnect();
      svg.remove();
    },
  };
}
