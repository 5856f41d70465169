/** The scenarios that are bundled with the site: Vite puts their texts into the bundle at build time. */
import type { LibraryFile } from '../scenario/index.ts';

declare global {
  interface ImportMeta {
    glob(pattern: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, string>;
  }
}

export function bundledFiles(): readonly LibraryFile[] {
  const texts = import.meta.glob('../../scenarios/**/*.yaml', { query: '?raw', import: 'default', eager: true });
  return Object.entries(texts).map(([path, text]) => ({ path: path.replace(/^.*scenarios\//, ''), text }));
}
