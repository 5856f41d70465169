/** The conversation that was last spoken in, as text: commands and replies, told apart by colour and by C and S. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LadderRow } from '../../trace/index.ts';
import { usePlayer } from '../engine/use-player.ts';

const SHOWN = 400;

export function ExchangePane() {
  const { t } = useTranslation();
  const { recording, moment } = usePlayer();
  const list = useRef<HTMLOListElement>(null);
  const { rows } = recording.ladder;
  let last: LadderRow | undefined;
  for (let i = rows.length - 1; i >= 0 && last === undefined; i--) {
    const row = rows[i];
    if (row !== undefined && row.seq < moment.length && row.kind === 'pdu') last = row;
  }
  const conversation = last === undefined ? undefined : recording.conversations.get(last.conn);
  const lines =
    last === undefined ? [] : rows.filter(({ conn, kind }) => conn === last.conn && kind === 'pdu').slice(-SHOWN);
  const said = lines.filter(({ seq }) => seq < moment.length).length;
  useEffect(() => {
    list.current?.children[Math.max(0, said - 1)]?.scrollIntoView({ block: 'nearest' });
  }, [said]);
  return (
    <div className="term">
      <h3>
        <span>{conversation === undefined ? t('ui.exchange') : `${conversation.client} → ${conversation.server}`}</span>
        <span>
          {conversation === undefined
            ? ''
            : `${conversation.protocol.toUpperCase()} · ${conversation.serverAddress.port}`}
        </span>
      </h3>
      {lines.length === 0 ? (
        <p className="exchange">{t('ui.exchange.empty')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
        <ol className="exchange" ref={list} tabIndex={0} aria-label={t('ui.exchange')}>
          {lines.map((row) => {
            const client = row.from === conversation?.client;
            const { verb = '', args = '', kind } = row.pdu ?? {};
            return (
              <li key={row.index} className={row.seq >= moment.length ? 'future' : undefined}>
                <span className="who" title={row.from}>
                  {client ? 'C' : 'S'}
                </span>
                <span className={client ? 'c' : 's'}>
                  {kind === 'data' && verb === 'message'
                    ? `✉ ${t('ui.ladder.message')} ${args}`
                    : `${verb} ${args}`.trim()}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}
