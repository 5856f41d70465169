/** What a message means, in the reader's language, from the protocol's own catalogue. */
import type { TFunction } from 'i18next';
import type { Pdu } from '../../core/index.ts';
import { PROTOCOLS } from '../../protocols/registry.ts';

/** Empty when the protocol says nothing of it. */
export function explanation(t: TFunction, pdu: Pdu | undefined): string {
  if (pdu === undefined) return '';
  const key = PROTOCOLS.find(({ id }) => id === pdu.protocol)?.explain(pdu);
  if (key === undefined) return '';
  const text = t(key, { defaultValue: '' });
  return text === key ? '' : text;
}
