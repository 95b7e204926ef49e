const sources = (origins: readonly string[]): string =>
  [...new Set(origins)].map((one) => ` ${one}`).join('');

/**
 * What a page may do: everything from this origin, nothing inline, no framing (ASVS 5.0, 3.4).
 * @param formTargets origins besides ours where a form may lead in the end: browsers hold redirects after it to that, too.
 * @param images origins besides ours of images.
 */
export const pagePolicy = (formTargets: readonly string[], images: readonly string[]): string =>
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; " +
  `img-src 'self' data:${sources(images)}; connect-src 'self'; ` +
  `form-action 'self'${sources(formTargets)}; base-uri 'none'; frame-ancestors 'none'`;
