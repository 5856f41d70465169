/** The SASL mechanisms, one line each, best first. */
import { login } from './login.ts';
import type { Mechanism } from './mechanism.ts';
import { plain } from './plain.ts';

export const MECHANISMS: readonly Mechanism[] = [plain, login];

export function mechanismOf(name: string): Mechanism | undefined {
  return MECHANISMS.find((mechanism) => mechanism.name === name);
}

export { fromBase64, toBase64 } from '../../sasl/base64.ts';
export type { Mechanism, ServerStep } from './mechanism.ts';
