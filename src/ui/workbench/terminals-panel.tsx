/**
 * Below the stage: terminals side by side, the exchange being watched, and the mail program of the workstation. What is open follows the
 * run; what is in front is the reader's choice.
 */
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayer } from '../engine/use-player.ts';
import { ExchangePane } from './exchange-pane.tsx';
import { MailPane } from './mail-pane.tsx';
import { Terminal } from './terminal.tsx';

const EXCHANGE = 'exchange';
const MAIL = 'mail:';
/** Panes side by side at most: more would be too narrow to read. */
const PANES = 2;

export function TerminalsPanel() {
  const { t } = useTranslation();
  const player = usePlayer();
  const { recording, moment, scenario, world } = player;
  const sessions = recording.sessions.open(Math.max(moment.length, 1));
  const [front, setFront] = useState<readonly string[] | undefined>();

  // A click on a node of the stage brings its terminal to the front.
  useEffect(() => {
    const raise = (event: Event): void => {
      const node = (event as CustomEvent<string>).detail;
      const wanted = (): string | undefined =>
        [...recording.sessions.open(recording.length)].reverse().find((session) => session.node === node)?.id;
      const show = (tries: number): void => {
        const id = wanted();
        if (id !== undefined) setFront((now) => [id, ...(now ?? []).filter((other) => other !== id)].slice(0, PANES));
        else if (tries > 0) setTimeout(() => show(tries - 1), 50);
      };
      show(20);
    };
    addEventListener('estafeta:terminal', raise);
    return () => removeEventListener('estafeta:terminal', raise);
  }, [recording]);

  const mailNodes = (world?.nodes ?? []).filter(
    ({ role, id }) => role === 'workstation' && (scenario?.show ?? []).includes(id),
  );
  const tabs = [
    ...sessions.map(({ id, node }) => ({ id, label: id.endsWith(':0') ? node : id })),
    { id: EXCHANGE, label: t('ui.exchange') },
    ...mailNodes.map(({ id }) => ({ id: `${MAIL}${id}`, label: t('ui.mail.tab', { node: id }) })),
  ];
  const byDefault = sessions.length > 0 ? sessions.slice(0, PANES).map(({ id }) => id) : [EXCHANGE];
  const shown = (front ?? byDefault).filter((id) => tabs.some((tab) => tab.id === id));
  const panes = shown.length > 0 ? shown : byDefault;
  const nodes = (world?.nodes ?? []).filter(({ role }) => role !== 'router' && role !== 'switch');

  return (
    <section className="terms" aria-label={t('ui.terminals')}>
      <div className="strip">
        {tabs.map(({ id, label }) => {
          const on = panes.includes(id);
          return (
            <button
              key={id}
              type="button"
              className={`chip${on ? ' on' : ''}`}
              aria-pressed={on}
              onClick={() =>
                setFront(
                  on && panes.length > 1
                    ? panes.filter((other) => other !== id)
                    : [...panes.filter((other) => other !== id), id].slice(-PANES),
                )
              }
            >
              {label}
            </button>
          );
        })}
        <label className="chip">
          <Plus size={15} aria-hidden="true" />
          <span className="sr">{t('ui.terminal.open')}</span>
          <select
            value=""
            style={{ border: 0, background: 'none', maxWidth: 120 }}
            onChange={(event) => {
              const node = event.target.value;
              player.input({ type: 'open-session', node });
              dispatchEvent(new CustomEvent('estafeta:terminal', { detail: node }));
            }}
          >
            <option value="" disabled>
              {t('ui.terminal.open')}
            </option>
            {nodes.map(({ id }) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="panes">
        {panes.map((id) => {
          if (id === EXCHANGE) return <ExchangePane key={id} />;
          if (id.startsWith(MAIL)) return <MailPane key={id} node={id.slice(MAIL.length)} />;
          return <Terminal key={id} session={id} />;
        })}
      </div>
    </section>
  );
}
