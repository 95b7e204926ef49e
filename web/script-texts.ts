import type { Locale, Text } from '#shared/locale.ts';

/** What the script says on a part of a page, handed over as data: it carries no texts of its own. */
export const scriptTexts = (texts: Readonly<Record<string, Text>>, locale: Locale): string =>
  JSON.stringify(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text[locale]])));
