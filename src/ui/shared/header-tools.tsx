/** Language, theme and size of type: the same on every page. */
import { Languages, Moon, Projector, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../i18n/index.ts';
import { chooseLanguage } from '../i18n.ts';
import { useLarge, useTheme } from './theme.ts';

export function HeaderTools() {
  const { t, i18n } = useTranslation();
  const [theme, toggleTheme] = useTheme();
  const [large, toggleLarge] = useLarge();
  const other = languageOf(i18n.language) === 'es' ? 'en' : 'es';
  return (
    <>
      <button type="button" className="chip" lang={other} onClick={() => chooseLanguage(other)}>
        <Languages size={16} aria-hidden="true" />
        {other === 'en' ? 'English' : 'Español'}
      </button>
      <button
        type="button"
        className="chip"
        onClick={toggleTheme}
        aria-label={t(`ui.theme.to.${theme === 'dark' ? 'light' : 'dark'}`)}
      >
        {theme === 'dark' ? <Sun size={16} aria-hidden="true" /> : <Moon size={16} aria-hidden="true" />}
        {t(`ui.theme.${theme === 'dark' ? 'light' : 'dark'}`)}
      </button>
      <button type="button" className="chip" aria-pressed={large} onClick={toggleLarge}>
        <Projector size={16} aria-hidden="true" />
        {t('ui.large')}
      </button>
    </>
  );
}
