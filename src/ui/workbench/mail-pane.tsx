/** The mail program of a workstation: write and send, fetch and read. What it does is done by the node's own programs in the world. */
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryOf } from '../../core/index.ts';
import { readField, readText } from '../../mail/index.ts';
import { usePlayer } from '../engine/use-player.ts';

export function MailPane({ node }: { readonly node: string }) {
  const { t } = useTranslation();
  const player = usePlayer();
  const { recording, moment } = player;
  const [to, setTo] = useState('');
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const [open, setOpen] = useState<number>();

  const arrived: EntryOf<'delivery'>[] = [];
  let outcome = '';
  for (let i = 0; i < moment.length; i++) {
    const entry = recording.entries[i];
    if (entry?.node !== node) continue;
    if (entry.type === 'delivery') arrived.push(entry);
    if (entry.type === 'note' && entry.code.startsWith('mua.')) outcome = t(`ui.${entry.code}`, entry.params);
  }
  const message = arrived.find(({ seq }) => seq === open);
  const bytes = message === undefined ? undefined : recording.payload(message.payload);

  const send = (event: FormEvent): void => {
    event.preventDefault();
    const recipients = to.split(/[,;\s]+/).filter((address) => address !== '');
    player.input({ type: 'mail', node, command: { do: 'send', to: recipients, subject, body } });
    player.play();
    setSubject('');
    setBody('');
  };
  const fetch = (): void => {
    player.input({ type: 'mail', node, command: { do: 'fetch', protocol: 'pop3' } });
    player.play();
  };

  return (
    <div className="term">
      <h3>
        <span>{t('ui.mail.tab', { node })}</span>
        <span role="status">{outcome}</span>
      </h3>
      <div className="mail">
        <form onSubmit={send}>
          <label>
            {t('ui.mail.to')}
            <input required value={to} onChange={(event) => setTo(event.target.value)} autoComplete="off" />
          </label>
          <label>
            {t('ui.mail.subject')}
            <input value={subject} onChange={(event) => setSubject(event.target.value)} autoComplete="off" />
          </label>
          <label>
            {t('ui.mail.body')}
            <textarea value={body} onChange={(event) => setBody(event.target.value)} />
          </label>
          <button type="submit" className="primary">
            {t('ui.mail.send')}
          </button>
        </form>
        <div>
          <div className="row">
            <button type="button" className="chip" onClick={fetch}>
              {t('ui.mail.fetch')}
            </button>
          </div>
          {message !== undefined && bytes !== undefined ? (
            <article>
              <button type="button" className="chip" onClick={() => setOpen(undefined)}>
                {t('ui.mail.list')}
              </button>
              <h4>{readField(bytes, 'subject') || t('ui.mail.no-subject')}</h4>
              <p>{readField(bytes, 'from')}</p>
              <pre>{readText(bytes)}</pre>
            </article>
          ) : (
            <ul>
              {arrived.map(({ seq, payload }) => {
                const stored = recording.payload(payload);
                return (
                  <li key={seq}>
                    <button type="button" onClick={() => setOpen(seq)}>
                      <strong>{(stored && readField(stored, 'subject')) || t('ui.mail.no-subject')}</strong>
                      <br />
                      {stored === undefined ? '' : readField(stored, 'from')}
                    </button>
                  </li>
                );
              })}
              {arrived.length === 0 && <li className="empty">{t('ui.mail.empty')}</li>}
            </ul>
          )}
        </div>
      </div>
    </div>
  );
}
