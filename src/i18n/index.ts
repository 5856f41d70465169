/**
 * The languages of the interface. Each has a folder here with its catalogues, one JSON file an area, keys in dotted form and flat; both have the
 * same keys (tools/house-lint/catalogues.mjs).
 */
export const LANGUAGES = ['es', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The supported language of a tag such as `en-GB`; Spanish for all others. */
export function languageOf(tag: string): Language {
  return LANGUAGES.find((language) => tag.toLowerCase().startsWith(language)) ?? 'es';
}
