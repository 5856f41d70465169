/** The ladder in its panel. */

import type { TFunction } from 'i18next';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../i18n/index.ts';
import { History, type LadderRow, segmentsFold, withSegments } from '../../trace/index.ts';
import { createLadder, type LadderTexts, type LadderView, stageLayout } from '../../views/index.ts';
import { usePlayer } from '../engine/use-player.ts';
import { explanation } from './explain.ts';

function rowText(t: TFunction, row: LadderRow): string {
  const { pdu } = row;
  if (row.kind === 'segment') return row.reason;
  if (pdu === undefined) return row.kind === 'open' ? t('ui.ladder.open') : t(`ui.ladder.close.${row.reason}`);
  const { protocol, kind, verb, args } = pdu;
  if (kind === 'data' && verb === 'message') return `${t('ui.ladder.message')} ${args}`;
  const shown = protocol === 'dns' || kind === 'data' ? args.replace(/\s+/g, ' ') : args;
  return `${verb} ${shown}`.trim();
}

export function LadderPanel() {
  const { t, i18n } = useTranslation();
  const player = usePlayer();
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<LadderView>(undefined);
  const { world, scenario, recording, moment } = player;
  const language = languageOf(i18n.language);
  const layout = useMemo(
    () => (world === undefined ? undefined : stageLayout(world, scenario?.show ?? [])),
    [world, scenario],
  );
  const texts = useMemo<LadderTexts>(
    () => ({
      name: t('ui.tab.ladder'),
      place: (id) => world?.folds.find((fold) => fold.id === id)?.label[language] ?? id,
      row: (row) => rowText(t, row),
      label: (row) => `${row.from} → ${row.to}: ${rowText(t, row)}. ${explanation(t, row.pdu)}`,
    }),
    [t, language, world],
  );

  const [tcp, setTcp] = useState(false);
  const segments = useMemo(() => new History(segmentsFold, recording), [recording]);

  useEffect(() => {
    if (box.current === null) return;
    const made = createLadder(box.current, { texts, onRow: (row) => player.seek((row.received?.seq ?? row.seq) + 1) });
    view.current = made;
    return () => made.destroy();
  }, [player, texts]);

  useEffect(() => {
    const columnOf = (node: string): string => layout?.placeOf.get(node) ?? node;
    const messages = recording.ladder.rows;
    const rows = tcp ? withSegments(messages, segments.at(recording.length).segments) : messages;
    let upTo = rows.length;
    while (upTo > 0 && (rows[upTo - 1]?.seq ?? 0) >= moment.length) upTo--;
    const spoken = new Set(rows.flatMap(({ from, to }) => [columnOf(from), columnOf(to)]));
    const order = (layout?.places ?? []).filter(({ kind }) => kind === 'tile').sort((a, b) => a.x - b.x || a.y - b.y);
    const known = order.map(({ id }) => id).filter((id) => spoken.has(id));
    const columns = [...known, ...[...spoken].filter((id) => !known.includes(id))];
    view.current?.update({ rows, upTo, columns, columnOf });
  });

  return (
    <>
      <label className="tcp-switch">
        <input type="checkbox" checked={tcp} onChange={(event) => setTcp(event.target.checked)} />
        {t('ui.ladder.tcp')}
      </label>
      {recording.ladder.rows.length === 0 && <p className="empty">{t('ui.ladder.empty')}</p>}
      <div ref={box} className="ladder-box" />
    </>
  );
}
