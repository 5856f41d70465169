/** Which page the address asks for: `#/` the catalogue, `#/s/ID?seed=N` a scenario. Works from any static server. */
import { useSyncExternalStore } from 'react';
import { Home } from './home/home.tsx';
import { Workbench } from './workbench/workbench.tsx';

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

const DEFAULT_SEED = 1;

export function App() {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const matched = /^#\/s\/([a-z0-9-]+)(?:\?(.*))?$/.exec(hash);
  if (matched === null) return <Home />;
  const seed = Number(new URLSearchParams(matched[2] ?? '').get('seed') ?? DEFAULT_SEED);
  const id = matched[1] ?? '';
  return <Workbench key={`${id} ${seed}`} id={id} seed={Number.isSafeInteger(seed) ? seed : DEFAULT_SEED} />;
}
