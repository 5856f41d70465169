/** The simulated network: what other layers may use of it. */
export { isLoopback, parseIp, parsePrefix, showIp } from './address.ts';
export type { LinkParameters } from './link.ts';
export { type HostTopology, Network, type RouterTopology, type Topology, TopologyError } from './network.ts';
export type * from './socket.ts';
export { TCP_MACHINE } from './tcp/machine.ts';
