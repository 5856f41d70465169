/** Light or dark, normal or large: chosen by the reader, else by the system. */
import { useEffect, useState } from 'react';

export type Theme = 'light' | 'dark';

const THEME = 'estafeta.theme';
const SIZE = 'estafeta.size';

export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const stored = localStorage.getItem(THEME);
    if (stored === 'light' || stored === 'dark') return stored;
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  });
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return [
    theme,
    () => {
      const next = theme === 'dark' ? 'light' : 'dark';
      localStorage.setItem(THEME, next);
      setTheme(next);
    },
  ];
}

/** Large type for a projector. */
export function useLarge(): readonly [boolean, () => void] {
  const [large, setLarge] = useState(() => localStorage.getItem(SIZE) === 'large');
  useEffect(() => {
    document.documentElement.dataset['size'] = large ? 'large' : 'normal';
  }, [large]);
  return [
    large,
    () => {
      localStorage.setItem(SIZE, large ? 'normal' : 'large');
      setLarge(!large);
    },
  ];
}
