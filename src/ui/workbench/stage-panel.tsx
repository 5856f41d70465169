/** The stage in its panel: joins the drawing to the player, and the drawing's texts to the language. */

import type { TFunction } from 'i18next';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../i18n/index.ts';
import type { WorldView } from '../../scenario/index.ts';
import {
  createStage,
  type Place,
  type StageTexts,
  type StageView,
  stageLayout,
  stageModel,
} from '../../views/index.ts';
import type { Player } from '../engine/player.ts';
import { usePlayer } from '../engine/use-player.ts';

function stageTexts(t: TFunction, language: 'es' | 'en', world: WorldView): StageTexts {
  const detail: StageTexts['detail'] = ({ place, now }) => {
    if (!now.up) return t('ui.node.off');
    const [node] = place.nodes;
    const role = world.nodes.find(({ id }) => id === node)?.role ?? '';
    if (place.icon === 'fold') return t('ui.role.fold');
    const mail = [...now.mail.values()].reduce((sum, count) => sum + count, 0);
    // A tile has room for few words: what a workstation is, its picture says.
    const parts = role === 'workstation' && mail > 0 ? [] : [t(`ui.role.${role}`)];
    if (now.queue !== undefined && now.queue > 0) parts.push(t('ui.node.queue', { count: now.queue }));
    if (mail > 0) parts.push(t('ui.node.mail', { count: mail }));
    return parts.join(' · ');
  };
  const name: StageTexts['name'] = (place) =>
    world.folds.find(({ id }) => id === place.id)?.label[language] ?? place.id;
  return {
    name,
    detail,
    label: (tile) => {
      const node = world.nodes.find(({ id }) => id === tile.place.nodes[0]);
      const address = tile.place.icon === 'fold' ? '' : (node?.addresses[0] ?? '');
      return [name(tile.place), detail(tile), address].filter((part) => part !== '').join(', ');
    },
    network: (id) => {
      const network = world.networks.find((known) => known.id === id);
      return network === undefined ? id : `${network.label[language]} · ${network.cidr}`;
    },
    frame: ({ label, kind, lost, retransmission }) =>
      [kind.toUpperCase(), label, lost ? t('ui.frame.lost') : '', retransmission ? t('ui.frame.again') : '']
        .filter((part) => part !== '')
        .join(' · '),
    cable: ({ down, loss }) =>
      down ? t('ui.cable.down') : loss > 0 ? t('ui.cable.loss', { percent: Math.round(loss * 100) }) : '',
  };
}

/** Opens a terminal on a node, or shows the one that is open. */
function openTerminal(player: Player, { nodes, kind }: Place): void {
  const [node] = nodes;
  if (node === undefined || kind !== 'tile' || nodes.length > 1) return;
  const open = player.recording.sessions.open(player.moment.length).some((session) => session.node === node);
  if (!open) player.input({ type: 'open-session', node });
  dispatchEvent(new CustomEvent('estafeta:terminal', { detail: node }));
}

export function StagePanel() {
  const { t, i18n } = useTranslation();
  const player = usePlayer();
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<StageView>(undefined);
  const { world, scenario } = player;
  const language = languageOf(i18n.language);
  const layout = useMemo(
    () => (world === undefined ? undefined : stageLayout(world, scenario?.show ?? [])),
    [world, scenario],
  );
  const texts = useMemo(() => (world === undefined ? undefined : stageTexts(t, language, world)), [t, language, world]);

  useEffect(() => {
    if (box.current === null || layout === undefined || texts === undefined) return;
    const made = createStage(box.current, {
      texts,
      onPlace: (place) => openTerminal(player, place),
      onFrame: (seq) => player.seek(seq + 1),
    });
    made.layout(layout);
    view.current = made;
    return () => made.destroy();
  }, [player, layout, texts]);

  const reached = player.recording.guide.reached(player.moment.length);
  const step = scenario?.steps.find(({ id }) => id === reached[reached.length - 1]);
  useEffect(() => {
    if (world !== undefined && layout !== undefined) {
      view.current?.update(stageModel(world, layout, player.recording, player.moment, step?.focus ?? []));
    }
  });

  const note = player.exceeded ? t('ui.budget') : player.live ? '' : t('ui.past');
  return (
    <section className="stage-box" aria-label={t('ui.stage')}>
      <div ref={box} />
      {note !== '' && (
        <p className="stage-note" role="status">
          {note}
        </p>
      )}
    </section>
  );
}
