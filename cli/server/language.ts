/** The user's language for `Accept-Language`, from LC_ALL, LC_MESSAGES or LANG; undefined for `C` and the like. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const name = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  const [, language, country] = /^([a-z]{2,3})(?:_([A-Z]{2}))?(?:[.@]|$)/.exec(name) ?? [];
  return country === undefined ? language : `${language}-${country}`;
}
