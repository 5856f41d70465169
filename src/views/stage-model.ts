/**
 * What the stage shows at one moment: tiles, regions, cables and frames, by place. Nodes that the scenario does not show have no place;
 * nodes of a folded group share one. Pure: world, recording and moment in, plain values out.
 */
import type { LinkId, NodeId } from '../core/index.ts';
import type { Moment, NodeNow, Recording } from '../trace/index.ts';

/** What the stage needs of a world: the front end's WorldView has all of it. */
export interface StageWorld {
  readonly networks: readonly { readonly id: string; readonly cidr: string }[];
  readonly nodes: readonly StageNode[];
  readonly links: readonly {
    readonly id: LinkId;
    readonly a: NodeId;
    readonly b: NodeId;
    readonly loss: number;
    readonly down: boolean;
    readonly delay: number;
  }[];
  readonly folds: readonly {
    readonly id: string;
    readonly members: readonly NodeId[];
    readonly x: number;
    readonly y: number;
  }[];
}

export interface StageNode {
  readonly id: NodeId;
  readonly role: string;
  readonly hostname: string;
  readonly addresses: readonly string[];
  readonly network: string;
  readonly x: number;
  readonly y: number;
}

export interface Place {
  readonly id: string;
  readonly kind: 'tile' | 'router' | 'hub';
  /** Key of the pictogram. */
  readonly icon: string;
  readonly x: number;
  readonly y: number;
  readonly network: string;
  /** The nodes that stand here. */
  readonly nodes: readonly NodeId[];
}

export interface StageLayout {
  readonly places: readonly Place[];
  /** Node → the id of its place. */
  readonly placeOf: ReadonlyMap<NodeId, string>;
  readonly cables: readonly {
    readonly id: string;
    readonly a: string;
    readonly b: string;
    readonly links: readonly LinkId[];
  }[];
}

export interface TileNow {
  readonly place: Place;
  readonly now: NodeNow;
  readonly focus: boolean;
  /** A frame arrives at it or leaves it now. */
  readonly active: boolean;
}

export interface CableNow {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  readonly down: boolean;
  readonly loss: number;
  readonly delay: number;
  readonly active: boolean;
}

export interface PillNow {
  readonly key: string;
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly progress: number;
  readonly label: string;
  readonly kind: string;
  readonly negative: boolean;
  readonly message: boolean;
  readonly lost: boolean;
  readonly retransmission: boolean;
}

export interface StageModel {
  readonly tiles: readonly TileNow[];
  readonly cables: readonly CableNow[];
  readonly pills: readonly PillNow[];
}

/** Places for the nodes and groups in `show`; an empty list shows every node. Switches and routers come with what they join. */
export function stageLayout(world: StageWorld, show: readonly string[]): StageLayout {
  const wanted = new Set(show);
  const all = wanted.size === 0;
  const placeOf = new Map<NodeId, string>();
  const places: Place[] = [];
  const folded = new Set<NodeId>();
  for (const fold of world.folds) {
    if (!wanted.has(fold.id)) continue;
    places.push({ id: fold.id, kind: 'tile', icon: 'fold', x: fold.x, y: fold.y, network: '', nodes: fold.members });
    for (const member of fold.members) {
      folded.add(member);
      placeOf.set(member, fold.id);
    }
  }
  for (const { id, role, x, y, network } of world.nodes) {
    if (folded.has(id)) continue;
    const joins = role === 'router' || role === 'switch';
    if (!joins && !all && !wanted.has(id)) continue;
    const kind = role === 'router' ? 'router' : role === 'switch' ? 'hub' : 'tile';
    places.push({ id, kind, icon: role, x, y, network, nodes: [id] });
    placeOf.set(id, id);
  }
  const cables = new Map<string, { id: string; a: string; b: string; links: LinkId[] }>();
  for (const { id, a, b } of world.links) {
    const [from, to] = [placeOf.get(a), placeOf.get(b)];
    if (from === undefined || to === undefined || from === to) continue;
    const key = `${from}--${to}`;
    const cable = cables.get(key) ?? { id: key, a: from, b: to, links: [] };
    cable.links.push(id);
    cables.set(key, cable);
  }
  return { places, placeOf, cables: [...cables.values()] };
}

export function stageModel(
  world: StageWorld,
  layout: StageLayout,
  recording: Recording,
  moment: Moment,
  focus: readonly string[],
): StageModel {
  const pills: PillNow[] = [];
  const busy = new Set<string>();
  for (const { flight, progress, lost } of recording.flights.at(moment.at, moment.length)) {
    const [from, to] = [layout.placeOf.get(flight.from), layout.placeOf.get(flight.to)];
    if (from === undefined || to === undefined || from === to) continue;
    busy.add(from).add(to);
    busy.add(`${from}--${to}`).add(`${to}--${from}`);
    pills.push({
      key: `${flight.frame}`,
      seq: flight.seq,
      from,
      to,
      progress,
      label: flight.label,
      kind: flight.kind,
      negative: flight.pdu?.negative === true,
      message: flight.pdu?.kind === 'data',
      lost,
      retransmission: flight.retransmission,
    });
  }
  const focused = new Set(focus);
  const tiles = layout.places
    .filter(({ kind }) => kind !== 'hub')
    .map((place) => ({
      place,
      now: recording.nodes.node(place.nodes[0] ?? '', moment.length),
      focus: focused.has(place.id) || place.nodes.some((node) => focused.has(node)),
      active: busy.has(place.id),
    }));
  const cables = layout.cables.map(({ id, a, b, links }) => {
    const states = links.map((link) => ({
      ...world.links.find((known) => known.id === link),
      ...recording.nodes.link(link, moment.length),
    }));
    return {
      id,
      a,
      b,
      down: states.some(({ down }) => down === true),
      loss: Math.max(0, ...states.map(({ loss }) => loss ?? 0)),
      delay: Math.max(0, ...states.map(({ delay }) => delay ?? 0)),
      active: busy.has(id),
    };
  });
  return { tiles, cables, pills };
}
