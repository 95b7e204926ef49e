const sources = (origins: readonly string[]): string =>
  [...new Set(origins)].map((one) => ` ${one}`).join('');

/**
 * What a page may do: everything from this origin, nothing inline, no framing (ASVS 5.0, 3.4).
 * @param formTargets origins besides ours where a form's redirects may end: browsers apply `form-action` to them, too.
 * @param images origins besides ours from which images may come.
 */
export const pagePolicy = (formTargets: readonly string[], images: readonly string[]): string =>
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; " +
  `img-src 'self' data:${sources(images)}; connect-src 'self'; ` +
  `form-action 'self'${sources(formTargets)}; base-uri 'none'; frame-ancestors 'none'`;
