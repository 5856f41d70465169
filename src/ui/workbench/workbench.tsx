/** The workbench of one scenario: guide, stage, terminals, ladder, time line. */

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { languageOf } from '../../i18n/index.ts';
import { PlayerContext, useNewPlayer, usePlayer } from '../engine/use-player.ts';
import { ErrorBoundary } from '../shared/error-boundary.tsx';
import { HeaderTools } from '../shared/header-tools.tsx';
import { GuidePanel } from './guide-panel.tsx';
import { HelpButton } from './help.tsx';
import { Problems } from './problems.tsx';
import { useShortcuts } from './shortcuts.ts';
import { SidePanel } from './side-panel.tsx';
import { StagePanel } from './stage-panel.tsx';
import { TerminalsPanel } from './terminals-panel.tsx';
import { TimeBar } from './time-bar.tsx';

export function Workbench({ id, seed }: { readonly id: string; readonly seed: number }) {
  const player = useNewPlayer(id, seed);
  if (player === undefined) return null;
  return (
    <PlayerContext value={player}>
      <Shell />
    </PlayerContext>
  );
}

function Shell() {
  const player = usePlayer();
  const { t, i18n } = useTranslation();
  useShortcuts(player);
  const { status, scenario } = player;
  if (status === 'failed' || status === 'crashed') return <Problems />;
  const title = scenario?.title[languageOf(i18n.language)] ?? '';
  return (
    <div className="workbench">
      <a className="skip" href="#guide">
        {t('ui.skip')}
      </a>
      <header className="bar">
        <b>
          <a href="#/">Estafeta</a>
        </b>
        <h1 className="crumb" style={{ fontSize: 'inherit', fontWeight: 400 }}>
          {title}
        </h1>
        {scenario !== undefined && <span className="chip on">{t(`ui.kind.${scenario.kind}`)}</span>}
        <HeaderTools />
        <HelpButton />
      </header>
      {scenario === undefined ? (
        <p className="empty" role="status">
          {t('ui.loading')}
        </p>
      ) : (
        <ErrorBoundary>
          <Group orientation="horizontal" className="columns" style={{ height: '100%' }}>
            <Panel className="panel" defaultSize="22" minSize="220px">
              <GuidePanel />
            </Panel>
            <Separator className="grip" />
            <Panel className="panel" defaultSize="51" minSize="340px">
              <Group orientation="vertical" style={{ height: '100%' }}>
                <Panel className="panel" defaultSize={scenario.terminals.length > 0 ? '52' : '62'} minSize="180px">
                  <StagePanel />
                </Panel>
                <Separator className="grip" />
                <Panel className="panel" minSize="120px">
                  <TerminalsPanel />
                </Panel>
              </Group>
            </Panel>
            <Separator className="grip" />
            <Panel className="panel" defaultSize="27" minSize="220px">
              <SidePanel />
            </Panel>
          </Group>
        </ErrorBoundary>
      )}
      <TimeBar />
      <Digest />
    </div>
  );
}

/** With `?digest` in the address: the run's fingerprint, to be compared with that of `estafeta run`. */
function Digest() {
  const player = usePlayer();
  const wanted = new URLSearchParams(location.search).has('digest');
  const ready = player.status === 'ready';
  useEffect(() => {
    if (wanted && ready) player.askDigest();
  }, [player, wanted, ready]);
  return wanted ? <output className="sr" data-digest={player.digest} /> : null;
}
