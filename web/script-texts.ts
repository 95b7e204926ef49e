import type { Locale, Text } from '#shared/locale.ts';

/** The script's texts for a part of a page, handed over as data: the script carries none of its own. */
export const scriptTexts = (texts: Readonly<Record<string, Text>>, locale: Locale): string =>
  JSON.stringify(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text[locale]])));
