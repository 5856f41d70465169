/** The catalogue: what can be watched and what can be done, a card each. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { bundledFiles } from '../../engine/index.ts';
import { languageOf } from '../../i18n/index.ts';
import { Library } from '../../scenario/index.ts';
import { HeaderTools } from '../shared/header-tools.tsx';

export function Home() {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n.language);
  const { scenarios, problems } = useMemo(() => new Library(bundledFiles()).summaries(), []);
  return (
    <div className="home">
      <header>
        <b>Estafeta</b>
        <HeaderTools />
      </header>
      <main>
        <h1>{t('ui.home.title')}</h1>
        <p className="lead">{t('ui.home.lead')}</p>
        <ul className="cards">
          {scenarios.map((scenario) => (
            <li key={scenario.id}>
              <a className="card" href={`#/s/${scenario.id}`}>
                <span className="eyebrow">{t(`ui.kind.${scenario.kind}`)}</span>
                <h2>{scenario.title[language]}</h2>
                <p>{scenario.summary[language]}</p>
                <span className="meta">
                  <span>{t('ui.minutes', { minutes: scenario.minutes })}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
        {problems.length > 0 && (
          <p role="alert">
            {t('ui.home.problems', { count: problems.length })} {problems.map(({ file }) => file).join(', ')}
          </p>
        )}
      </main>
    </div>
  );
}
