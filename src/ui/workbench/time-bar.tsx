/** Time: play, pause, step, pace, scrub, and where one is. */
import { FastForward, Pause, Play, RotateCcw, SkipBack, StepBack, StepForward } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../i18n/index.ts';
import { createTimeline, type TimelineTexts, type TimelineView } from '../../views/index.ts';
import { usePlayer } from '../engine/use-player.ts';
import { clockText } from './clock.ts';

const RATES = [0.25, 0.5, 1, 2, 4, 8, 16];

export function TimeBar() {
  const { t, i18n } = useTranslation();
  const player = usePlayer();
  const { moment, recording, scenario, playing } = player;
  const language = languageOf(i18n.language);
  const messages = useMemo(() => new Intl.NumberFormat(language), [language]);
  return (
    <section className="time" aria-label={t('ui.time')}>
      <button
        type="button"
        className="round"
        aria-label={t('ui.time.start')}
        title={t('ui.time.start')}
        onClick={() => player.toStart()}
      >
        <SkipBack size={18} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="round"
        aria-label={t('ui.time.back')}
        title={t('ui.time.back')}
        onClick={() => player.stepBy(-1)}
      >
        <StepBack size={18} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="round play"
        aria-label={t(playing ? 'ui.time.pause' : 'ui.time.play')}
        title={t(playing ? 'ui.time.pause' : 'ui.time.play')}
        onClick={() => (playing ? player.pause() : player.play())}
      >
        {playing ? <Pause size={20} aria-hidden="true" /> : <Play size={20} aria-hidden="true" />}
      </button>
      <button
        type="button"
        className="round"
        aria-label={t('ui.time.forward')}
        title={t('ui.time.forward')}
        onClick={() => player.stepBy(1)}
      >
        <StepForward size={18} aria-hidden="true" />
      </button>
      <label>
        <span className="sr">{t('ui.time.rate')}</span>
        <select value={player.rate} onChange={(event) => player.setRate(Number(event.target.value))}>
          {RATES.map((rate) => (
            <option key={rate} value={rate}>
              {messages.format(rate)}×
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="chip"
        aria-pressed={player.pace === 'lesson'}
        title={t('ui.pace.title')}
        onClick={() => player.setPace(player.pace === 'lesson' ? 'live' : 'lesson')}
      >
        {t(`ui.pace.${player.pace}`)}
      </button>
      <Track />
      {!player.live && (
        <button type="button" className="chip" onClick={() => player.toEnd()}>
          <FastForward size={15} aria-hidden="true" />
          {t('ui.time.now')}
        </button>
      )}
      <div className="clock">
        {clockText(moment.at)}
        <small>
          {t('ui.time.entries', {
            position: messages.format(moment.length),
            length: messages.format(recording.length),
          })}
        </small>
      </div>
      <button
        type="button"
        className="round"
        aria-label={t('ui.restart')}
        title={t('ui.restart')}
        onClick={() => {
          if (scenario?.kind === 'demo' || confirm(t('ui.restart.sure'))) void player.restart();
        }}
      >
        <RotateCcw size={17} aria-hidden="true" />
      </button>
    </section>
  );
}

function Track() {
  const { t, i18n } = useTranslation();
  const player = usePlayer();
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<TimelineView>(undefined);
  const { scenario, recording, moment } = player;
  const language = languageOf(i18n.language);
  const texts = useMemo<TimelineTexts>(() => {
    const named = (
      list: readonly {
        id: string;
        title?: { es: string; en: string };
        text?: { es: string; en: string };
        label?: { es: string; en: string };
      }[],
      id: string,
    ): string => {
      const found = list.find((item) => item.id === id);
      return (found?.title ?? found?.label ?? found?.text)?.[language] ?? id;
    };
    return {
      name: t('ui.time.position'),
      value: (position, length) => t('ui.time.entries', { position, length }),
      marker: ({ kind, what, at }) => {
        const lists = { phase: scenario?.phases ?? [], step: scenario?.steps ?? [], goal: scenario?.goals ?? [] };
        const subject = kind === 'phase' || kind === 'step' || kind === 'goal' ? named(lists[kind], what) : what;
        return `${t(`ui.marker.${kind}`)} ${subject} · ${clockText(at)}`;
      },
    };
  }, [t, language, scenario]);

  useEffect(() => {
    if (box.current === null) return;
    const made = createTimeline(box.current, {
      texts,
      onSeek: (position) => {
        player.pause();
        player.seek(position);
      },
    });
    view.current = made;
    return () => made.destroy();
  }, [player, texts]);

  useEffect(() => {
    const phases = recording.markers
      .filter(({ kind }) => kind === 'phase')
      .map(({ seq, what }) => ({
        from: seq,
        label: scenario?.phases.find(({ id }) => id === what)?.label[language] ?? what,
      }));
    view.current?.update({
      length: recording.length,
      position: moment.length,
      markers: recording.markers.filter(({ kind }) => kind !== 'phase'),
      phases,
    });
  });
  return <div ref={box} className="track" />;
}
