/** From a world file to what the network layer is built from: parameters in its own units. */
import { MILLISECOND } from '../../core/index.ts';
import type { LinkParameters, Topology } from '../../net/index.ts';
import { parseDuration, parseRate } from '../units.ts';
import type { WorldFile } from '../world-schema.ts';

type LinkFile = WorldFile['nodes'][number]['link'];

export function topologyOf(world: WorldFile): Topology {
  return {
    networks: world.networks.map(({ id, cidr }) => ({ id, cidr })),
    hosts: world.nodes.map(({ id, network, addresses, link }) => ({
      id,
      network,
      addresses,
      link: linkParameters(link),
    })),
    routers: [
      {
        id: world.router.id,
        interfaces: world.networks.map(({ id, gateway, uplink }) => ({
          network: id,
          address: gateway,
          link: linkParameters(uplink),
        })),
      },
    ],
  };
}

export function linkParameters(link: LinkFile): Partial<LinkParameters> {
  const delay = link.delay === undefined ? MILLISECOND : parseDuration(link.delay);
  const bandwidth = link.bandwidth === undefined ? undefined : parseRate(link.bandwidth);
  return {
    ...(delay === undefined ? {} : { delay }),
    ...(bandwidth === undefined ? {} : { bandwidth }),
    ...(link.loss === undefined ? {} : { loss: link.loss }),
    ...(link.duplicate === undefined ? {} : { duplicate: link.duplicate }),
    ...(link.reorder === undefined ? {} : { reorder: link.reorder }),
    ...(link.down === undefined ? {} : { down: link.down }),
  };
}
