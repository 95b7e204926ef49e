export const locales = ['ja', 'zh', 'en'] as const;
export type Locale = (typeof locales)[number];

export const languageTags: Record<Locale, string> = { ja: 'ja-JP', zh: 'zh-CN', en: 'en-GB' };

/** One text in every language; a missing language does not compile. */
export type Text = Readonly<Record<Locale, string>>;

/** Whether a language tag without a region is a language that we support. */
export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

/**
 * Replaces each `{name}` of a text by its value, and each `{name|one|other}` by `one` if the value is 1, else by `other`.
 * Values are not escaped: the renderer does that.
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g,
    (slot, name: string, one?: string, other?: string) =>
      String((one === undefined ? values[name] : values[name] === 1 ? one : other) ?? slot),
  );
}

/** The preferred language of an `Accept-Language` header (RFC 9110, 12.5.4), by its weights, among those that we support. */
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

/** The language of an answer to an unknown reader. */
export const negotiate = (header: string | undefined, fallback: Locale): Locale =>
  spokenIn(header ?? '') ?? fallback;
