/** A player for as long as a component shows it, and re-rendering when it changes. */
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { Player } from './player.ts';

export const PlayerContext = createContext<Player | undefined>(undefined);

/** Makes a player for a scenario; another one when the scenario or seed changes. */
export function useNewPlayer(id: string, seed: number, source?: string): Player | undefined {
  const [player, setPlayer] = useState<Player>();
  useEffect(() => {
    const made = new Player(id, seed, source);
    setPlayer(made);
    return () => made.close();
  }, [id, seed, source]);
  return player;
}

/** The player of this workbench; the component renders again whenever what is shown changes. */
export function usePlayer(): Player {
  const player = useContext(PlayerContext);
  if (player === undefined) throw new Error('outside a workbench');
  useSyncExternalStore(player.subscribe, () => player.revision);
  return player;
}
