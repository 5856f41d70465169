/** Every protocol that there is: one line each. Charts, coverage tables, bridge ports and contract tests come from here. */
import type { Protocol } from './contract.ts';
import { dns } from './dns/index.ts';

export const protocols: readonly Protocol[] = [dns];
