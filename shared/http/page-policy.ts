/**
 * What a page may do: everything from this origin, nothing inline, no framing (ASVS 5.0, 3.4).
 * @param formTargets origins besides ours where a form may lead in the end: browsers hold redirects after it to that, too.
 */
export const pagePolicy = (formTargets: readonly string[]): string =>
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  `form-action 'self'${[...new Set(formTargets)].map((target) => ` ${target}`).join('')}; base-uri 'none'; frame-ancestors 'none'`;
