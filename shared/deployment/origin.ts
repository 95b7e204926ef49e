/** Whether a text is an origin as browsers write it (RFC 6454): scheme and host in lower case, no default port. */
export const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
