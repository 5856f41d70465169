/** What a front end is told of a world: places, names, links. */
import type { LinkParameters } from '../../net/index.ts';
import type { LinkView, NodeView, WorldView } from '../view.ts';
import type { WorldFile } from '../world-schema.ts';

export interface LinkState {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  readonly parameters: LinkParameters;
}

export function worldView(world: WorldFile, links: readonly LinkState[]): WorldView {
  return {
    id: world.id,
    networks: world.networks.map(({ id, label, cidr, region }) => ({ id, label, cidr, region })),
    nodes: [...world.nodes.map(hostView), routerView(world), ...world.networks.map(switchView)],
    links: links.map(linkView),
    folds: world.folds.map(({ id, label, members, place }) => ({ id, label, members, ...place })),
    epoch: Date.parse(world.epoch),
    utcOffset: world.utcOffset,
  };
}

function hostView({ id, role, names, addresses, network, place, user }: WorldFile['nodes'][number]): NodeView {
  return { id, role, hostname: names[0] ?? id, addresses, network, ...place, user };
}

function routerView({ router, networks }: WorldFile): NodeView {
  return {
    id: router.id,
    role: 'router',
    hostname: router.id,
    addresses: networks.map(({ gateway }) => gateway),
    network: '',
    ...router.place,
    user: '',
  };
}

/** The switch of a network stands at its hub, or in the middle of its region. */
function switchView({ id, region, hub }: WorldFile['networks'][number]): NodeView {
  return {
    id,
    role: 'switch',
    hostname: id,
    addresses: [],
    network: id,
    x: hub?.x ?? region.x + region.width / 2,
    y: hub?.y ?? region.y + region.height / 2,
    user: '',
  };
}

function linkView({ id, a, b, parameters }: LinkState): LinkView {
  return { id, a, b, delay: parameters.delay, loss: parameters.loss, down: parameters.down };
}
