/** The part of X-Ray's trace header that all calls of one request share; empty if there is none. */
export const rootOf = (header: string | readonly string[] | undefined): string =>
  /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}(?=;|$)/.exec(String(header ?? ''))?.[0] ?? '';
