/** Both languages' catalogues, bundled, and the choice between them. Spanish comes first; the browser's language decides at first. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, languageOf } from '../i18n/index.ts';

const files = import.meta.glob<Record<string, string>>('../i18n/{es,en}/*.json', { eager: true, import: 'default' });

function catalogue(language: Language): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [path, texts] of Object.entries(files)) if (path.includes(`/${language}/`)) Object.assign(merged, texts);
  return merged;
}

const KEY = 'estafeta.language';

function preferred(): Language {
  const stored = localStorage.getItem(KEY);
  if (stored === 'es' || stored === 'en') return stored;
  return languageOf(navigator.language);
}

export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: preferred(),
    fallbackLng: 'es',
    // Keys have dots and colons in them as they are.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { es: { translation: catalogue('es') }, en: { translation: catalogue('en') } },
  });
  document.documentElement.lang = i18next.language;
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
