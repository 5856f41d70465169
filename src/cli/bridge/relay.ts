/**
 * One real connection carried into the world: octets and half-closes both ways, with back-pressure, so that memory stays bounded
 * whichever side is slow.
 */
import type { Socket } from 'node:net';
import type { SocketAddress } from '../../core/index.ts';
import type { NetStack, TcpSocket } from '../../net/index.ts';
import type { WallClock } from './clock.ts';

/** Octets waiting in the simulated sender above which the real socket is paused: a few round trips' worth. */
const HIGH_WATER = 2 * 1024 * 1024;

export function relay(clock: WallClock, visitor: NetStack, to: SocketAddress, real: Socket): void {
  let virtual: TcpSocket | undefined;
  let over = false;
  const end = (): void => {
    over = true;
    real.destroySoon();
  };

  clock.enter(() => {
    virtual = visitor.connect(to, {
      data: (bytes) => {
        if (over || real.destroyed) return;
        if (!real.write(bytes)) virtual?.pause();
      },
      peerClosed: () => void real.end(),
      drained: () => void real.resume(),
      closed: (reason) => {
        if (reason === 'fin') return end();
        over = true;
        // A virtual RST or time-out is a real RST: the client must not take it for a regular end.
        if (!real.destroyed) real.resetAndDestroy();
      },
    });
  });

  real.on('data', (chunk: Buffer) => {
    clock.enter(() => {
      virtual?.write(new Uint8Array(chunk));
      if ((virtual?.pending ?? 0) > HIGH_WATER) real.pause();
    });
  });
  real.on('drain', () => clock.enter(() => virtual?.resume()));
  real.on('end', () => clock.enter(() => virtual?.close()));
  real.on('error', () => {
    if (!over) clock.enter(() => virtual?.abort());
    over = true;
  });
  real.on('close', () => {
    if (!over) clock.enter(() => virtual?.abort());
    over = true;
  });
}
