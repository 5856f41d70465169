/** The guide: where one is, what happens, what to do; goals with their hints; a prediction before the answer is shown. */
import { Check } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import Markdown from 'react-markdown';
import { languageOf } from '../../i18n/index.ts';
import type { ScenarioView } from '../../scenario/index.ts';
import { usePlayer } from '../engine/use-player.ts';

type Step = ScenarioView['steps'][number];
type Goal = ScenarioView['goals'][number];

export function GuidePanel() {
  const { t, i18n } = useTranslation();
  const player = usePlayer();
  const language = languageOf(i18n.language);
  const { scenario, recording, moment } = player;
  const [answers, setAnswers] = useState<ReadonlyMap<string, number>>(new Map());
  const reached = recording.guide.reached(moment.length);
  const steps = reached.flatMap((id) => scenario?.steps.filter((step) => step.id === id) ?? []);
  const step = steps[steps.length - 1];
  const asking = step !== undefined && stops(step) && !answers.has(step.id);

  // A question interrupts once: the picture stands until it is answered.
  const interrupted = useRef(new Set<string>());
  useEffect(() => {
    if (!asking || step === undefined || interrupted.current.has(step.id) || !player.live) return;
    interrupted.current.add(step.id);
    player.pause();
  }, [asking, step, player]);

  if (scenario === undefined) return null;
  const phases = scenario.phases;
  const phase = phases.findIndex(({ id }) => id === recording.guide.phase(moment.length));
  const judged = recording.guide.judged(moment.length);
  const passed = scenario.goals.filter(({ id }) => judged.get(id)?.passed === true).length;
  const finished = scenario.goals.length > 0 && passed === scenario.goals.length;
  const answer = (choice: number): void => {
    if (step === undefined) return;
    setAnswers(new Map(answers).set(step.id, choice));
  };
  return (
    <aside className="guide" id="guide" aria-label={t('ui.guide')} tabIndex={-1}>
      {phase >= 0 && (
        <p className="eyebrow">
          {t('ui.phase', { number: phase + 1, count: phases.length })} · {phases[phase]?.label[language]}
        </p>
      )}
      {finished && <p className="done-card">{t('ui.finished', { count: passed })}</p>}
      {step !== undefined && (
        <section aria-live="polite">
          <h2>{step.title[language]}</h2>
          <div className="text">
            <Markdown>{step.text[language]}</Markdown>
          </div>
        </section>
      )}
      {step?.ask !== undefined && (
        <Question
          key={step.id}
          ask={step.ask}
          chosen={answers.get(step.id)}
          choose={answer}
          goOn={() => player.play()}
          paused={!player.playing}
        />
      )}
      {scenario.goals.length > 0 && (
        <section aria-label={t('ui.goals')}>
          <p className="meta">
            <span>{t('ui.goals')}</span>
            <span>{t('ui.goals.count', { passed, count: scenario.goals.length })}</span>
          </p>
          <ol className="goals">
            {scenario.goals.map((goal, i) => (
              <GoalRow
                key={goal.id}
                goal={goal}
                number={i + 1}
                done={judged.get(goal.id)?.passed === true}
                now={goal.id === scenario.goals.find(({ id }) => judged.get(id)?.passed !== true)?.id}
              />
            ))}
          </ol>
        </section>
      )}
      {steps.length > 1 && (
        <details className="earlier">
          <summary>{t('ui.earlier')}</summary>
          {steps.slice(0, -1).map((earlier) => (
            <div key={earlier.id} className="text">
              <h3>{earlier.title[language]}</h3>
              <Markdown>{earlier.text[language]}</Markdown>
            </div>
          ))}
        </details>
      )}
    </aside>
  );
}

function stops({ ask, pause }: Step): boolean {
  return ask !== undefined || pause;
}

function GoalRow({
  goal,
  number,
  done,
  now,
}: {
  readonly goal: Goal;
  readonly number: number;
  readonly done: boolean;
  readonly now: boolean;
}) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n.language);
  const [hints, setHints] = useState(0);
  return (
    <li className={`goal${done ? ' done' : ''}${now ? ' now' : ''}`} aria-current={now ? 'step' : undefined}>
      <span className="mark" aria-hidden="true">
        {done ? <Check size={14} strokeWidth={3} /> : number}
      </span>
      <div>
        {now ? <strong>{goal.text[language]}</strong> : goal.text[language]}
        {done && <span className="sr">{t('ui.goal.done')}</span>}
        {goal.note !== undefined && !done && <small>{goal.note[language]}</small>}
        {!done && hints > 0 && (
          <ul className="hints" aria-live="polite">
            {goal.hints.slice(0, hints).map((hint) => (
              <li key={hint.es}>{hint[language]}</li>
            ))}
          </ul>
        )}
        {!done && now && hints < goal.hints.length && (
          <button type="button" className="hint" onClick={() => setHints(hints + 1)}>
            {t(hints === 0 ? 'ui.hint' : 'ui.hint.more')}
          </button>
        )}
      </div>
    </li>
  );
}

interface QuestionProps {
  readonly ask: NonNullable<Step['ask']>;
  readonly chosen: number | undefined;
  readonly choose: (choice: number) => void;
  readonly goOn: () => void;
  readonly paused: boolean;
}

function Question({ ask, chosen, choose, goOn, paused }: QuestionProps) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n.language);
  const picked = chosen === undefined ? undefined : ask.options[chosen];
  return (
    <section className="ask" aria-label={t('ui.ask')}>
      <h3>{ask.question[language]}</h3>
      <div className="options">
        {ask.options.map((option, i) => (
          <button
            key={option.text.es}
            type="button"
            className={`option${chosen === i ? (option.correct ? ' right' : ' wrong') : ''}`}
            aria-pressed={chosen === i}
            onClick={() => choose(i)}
          >
            {option.text[language]}
          </button>
        ))}
      </div>
      {picked !== undefined && (
        <div role="status">
          <p className="why">
            <strong>{t(picked.correct ? 'ui.ask.right' : 'ui.ask.wrong')}</strong> {picked.why[language]}
          </p>
          {paused && (
            <button type="button" className="primary" onClick={goOn}>
              {t('ui.ask.go-on')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
