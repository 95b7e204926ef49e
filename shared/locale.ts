export const locales = ['ja', 'zh', 'en'] as const;
export type Locale = (typeof locales)[number];

/** The languages as `Intl` knows them. */
export const languageTags: Record<Locale, string> = { ja: 'ja-JP', zh: 'zh-CN', en: 'en-GB' };

/** One text in every language; a missing language does not compile. */
export type Text = Readonly<Record<Locale, string>>;

/** Whether it is a language that we speak, by its tag without a region. */
export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

/**
 * Replaces each `{name}` of a text, and each `{name|one|other}` by the word that goes with one or with any other number.
 * Values are put in as they are: escaping belongs to what renders them.
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g,
    (slot, name: string, one?: string, other?: string) =>
      String((one === undefined ? values[name] : values[name] === 1 ? one : other) ?? slot),
  );
}

/** The first language of an `Accept-Language` header (RFC 9110, 12.5.4) that we speak, by its weights. */
export function spokenIn(header: string): Locale | undefined {
  const wishes = header
    .slice(0, 500)
    .split(',')
    .map((part, position) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight =
        parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(p)?.[1]).find(Boolean) ?? '1';
      return { language: tag.split('-')[0], weight: Number(weight), position };
    });
  wishes.sort((a, b) => b.weight - a.weight || a.position - b.position);
  return wishes.flatMap(({ language, weight }) => (weight > 0 && isLocale(language) ? language : []))[0];
}

/** The language of an answer to nobody in particular. */
export const negotiate = (header: string | undefined, fallback: Locale): Locale =>
  spokenIn(header ?? '') ?? fallback;
