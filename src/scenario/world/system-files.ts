/** The files below /etc that tell who a host is and whom it asks, for those who look there. */
import type { Host } from '../../hosts/index.ts';
import type { WorldFile } from '../world-schema.ts';

export function writeSystemFiles(host: Host, world: WorldFile): void {
  const { disk, hostname, nameserver } = host;
  const short = hostname.split('.')[0] ?? hostname;
  disk.write('/etc/hostname', `${host.id}\n`);
  disk.write('/etc/hosts', `127.0.0.1\tlocalhost\n${host.net.addresses[0] ?? ''}\t${hostname} ${short}\n`);
  const domain = hostname.split('.').slice(1).join('.');
  const search = domain === '' ? '' : `search ${domain}\n`;
  disk.write('/etc/resolv.conf', nameserver === undefined ? search : `${search}nameserver ${nameserver.ip}\n`);
  disk.write('/etc/os-release', `NAME="Estafeta"\nID=estafeta\nVERSION_ID="${world.estafeta}"\n`);
  disk.makeDirectory('/var/log');
  disk.makeDirectory('/tmp', { mode: 0o777 });
}
