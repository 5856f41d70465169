/** Everything as a sentence, for those who do not see or do not want to watch: what was said, and what it means. */

import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { TraceEntry } from '../../core/index.ts';
import { usePlayer } from '../engine/use-player.ts';
import { clockText } from './clock.ts';
import { explanation } from './explain.ts';

const SHOWN = 200;

export function LogPanel() {
  const { t } = useTranslation();
  const { recording, moment } = usePlayer();
  const lines: { readonly entry: TraceEntry; readonly text: string }[] = [];
  for (let i = Math.min(moment.length, recording.length) - 1; i >= 0 && lines.length < SHOWN; i--) {
    const entry = recording.entries[i];
    const text = entry === undefined ? undefined : sentence(t, entry);
    if (entry !== undefined && text !== undefined) lines.push({ entry, text });
  }
  if (lines.length === 0) return <p className="empty">{t('ui.log.empty')}</p>;
  return (
    <div className="scroll">
      <ol className="log" aria-live="polite" aria-relevant="additions">
        {lines.map(({ entry, text }) => (
          <li key={entry.seq}>
            <time>{clockText(entry.at)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function sentence(t: TFunction, entry: TraceEntry): string | undefined {
  const { node } = entry;
  switch (entry.type) {
    case 'pdu-received': {
      if (entry.pdu.protocol === 'raw') return undefined;
      const { protocol, verb, args } = entry.pdu;
      const said = `${verb} ${args}`.trim();
      return `${t('ui.log.pdu', { node, protocol: protocol.toUpperCase(), said: said.slice(0, 120) })} ${explanation(t, entry.pdu)}`.trim();
    }
    case 'delivery':
      return t('ui.log.delivery', { node, user: entry.user, mailbox: entry.mailbox });
    case 'queue':
      return t(`ui.log.queue.${entry.what}`, { node, id: entry.id, recipients: entry.recipients.join(', ') });
    case 'frame-dropped':
      return t('ui.log.dropped', { link: entry.link, reason: t(`ui.drop.${entry.reason}`) });
    case 'tcp-retransmit':
      return t('ui.log.retransmit', { node });
    case 'host':
      return entry.at === 0 ? undefined : t(`ui.log.host.${entry.what}`, { node });
    case 'fault':
      return t('ui.log.fault');
    case 'stopped':
      return t('ui.budget');
    default:
      return undefined;
  }
}
