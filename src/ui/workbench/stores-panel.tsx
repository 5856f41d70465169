/** What is kept where at the moment shown: each server's queue, each mailbox with its messages and flags. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readField } from '../../mail/index.ts';
import { History, mailboxesFold, queuesFold } from '../../trace/index.ts';
import { usePlayer } from '../engine/use-player.ts';
import { clockText } from './clock.ts';

export function StoresPanel() {
  const { t } = useTranslation();
  const { recording, moment } = usePlayer();
  const queues = useMemo(() => new History(queuesFold, recording), [recording]);
  const mailboxes = useMemo(() => new History(mailboxesFold, recording), [recording]);
  const queued = [...queues.at(moment.length).values()];
  const kept = [...mailboxes.at(moment.length).values()].filter(({ deleted }) => !deleted);
  if (queued.length === 0 && kept.length === 0) return <p className="empty">{t('ui.stores.empty')}</p>;
  return (
    <div className="scroll stores">
      {queued.map(({ node, length, messages }) => (
        <section key={node}>
          <h3>{t('ui.stores.queue', { node, count: length })}</h3>
          <ul>
            {[...messages.values()].map(({ id, what, recipients, retryAt, done }) => (
              <li key={id} className={done ? 'gone' : undefined}>
                <strong>{id}</strong> {recipients.join(', ')}
                <br />
                {t(`ui.stores.${what}`)}
                {retryAt !== undefined && !done && ` · ${t('ui.stores.retry', { at: clockText(retryAt) })}`}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {kept.map(({ node, user, mailbox, count, messages }) => (
        <section key={`${node} ${user} ${mailbox}`}>
          <h3>{t('ui.stores.mailbox', { node, user, mailbox, count })}</h3>
          <ul>
            {messages.map(({ uid, size, flags, payload }) => {
              const bytes = recording.payload(payload);
              return (
                <li key={uid}>
                  <strong>{(bytes && readField(bytes, 'subject')) || t('ui.mail.no-subject')}</strong>
                  <br />
                  UID {uid} · {t('ui.stores.octets', { size })}
                  {flags.length > 0 && ` · ${flags.join(' ')}`}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}
