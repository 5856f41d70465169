/** The right-hand side: the ladder of messages, and the log in sentences. */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LadderPanel } from './ladder-panel.tsx';
import { LogPanel } from './log-panel.tsx';
import { StoresPanel } from './stores-panel.tsx';

const TABS = ['ladder', 'stores', 'log'] as const;

export function SidePanel() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<(typeof TABS)[number]>('ladder');
  const id = useId();
  return (
    <section className="right" aria-label={t('ui.side')}>
      <div className="tabs" role="tablist" aria-label={t('ui.side')}>
        {TABS.map((name, i) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={tab === name}
            aria-controls={`${id}-body`}
            tabIndex={tab === name ? 0 : -1}
            onClick={() => setTab(name)}
            onKeyDown={(event) => {
              const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
              if (by === 0) return;
              const next = TABS[(i + by + TABS.length) % TABS.length] ?? name;
              setTab(next);
              document.getElementById(`${id}-${next}`)?.focus();
            }}
          >
            {t(`ui.tab.${name}`)}
          </button>
        ))}
      </div>
      <div className="tab-body" role="tabpanel" id={`${id}-body`} aria-labelledby={`${id}-${tab}`}>
        {tab === 'ladder' && <LadderPanel />}
        {tab === 'stores' && <StoresPanel />}
        {tab === 'log' && <LogPanel />}
      </div>
    </section>
  );
}
