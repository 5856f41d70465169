/** `estafeta serve`: opens the world's services on loopback for real clients. */
import { openSync, writeSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { startBridge } from '../bridge/bridge.ts';
import { diskLibrary, openScenario } from '../library.ts';
import { failWith } from '../problems.ts';

const DEFAULT_SCENARIO = 'smtp-a-mano';

interface Options {
  readonly basePort: number;
  readonly listen: string;
  readonly json?: boolean;
  readonly pcap?: string;
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('the bridge: every exposed service on a loopback port, base + well-known port')
    .argument('[scenario]', 'id, or path of a scenario file', DEFAULT_SCENARIO)
    .option('--base-port <n>', 'added to well-known ports', portNumber, 20_000)
    .option('--listen <address>', 'address to listen on; anything but loopback lets other machines in', '127.0.0.1')
    .option('--pcap <file>', 'write every frame on every link as pcapng, for Wireshark')
    .option('--json', 'print one line of JSON when ready')
    .action(serve);
}

async function serve(what: string, options: Options): Promise<void> {
  const opened = openScenario(diskLibrary(), what);
  if (!opened.ok) return failWith(opened.problems);
  if (!/^127\.|^::1$|^localhost$/.test(options.listen)) {
    console.error(
      `Listening on ${options.listen}: anyone who can reach this address can use these services, whose passwords are public.`,
    );
  }
  const capture = options.pcap === undefined ? undefined : openSync(options.pcap, 'w');
  const bridge = await startBridge(opened.value, {
    basePort: options.basePort,
    listen: options.listen,
    ...(capture === undefined ? {} : { capture: (bytes: Uint8Array) => void writeSync(capture, bytes) }),
  });
  if (!bridge.ok) {
    console.error(bridge.message);
    process.exitCode = 1;
    return;
  }
  if (options.json === true) {
    console.log(JSON.stringify({ ready: true, services: bridge.services }));
  } else {
    for (const { host, protocol, port } of bridge.services)
      console.log(`${options.listen}:${port}  ${protocol.padEnd(10)}  ${host}`);
    console.log('Ready. Ctrl-C ends it.');
  }
  const end = (): void => void bridge.close();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 64_000)
    throw new InvalidArgumentError('a port between 1 and 64000 is expected');
  return port;
}
