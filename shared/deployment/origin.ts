/** Whether a text is an origin as browsers write it (RFC 6454): scheme and host in lower case, no default port. */
export const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;

/**
 * An address as a source of a policy: its origin, or the scheme alone where it has none, or one that policies cannot name, as
 * they know no IPv6 (CSP 3, 2.3.1); the port of a program is free.
 */
export function targetOf(address: string): string {
  const { protocol, hostname, origin } = new URL(address);
  if (protocol === 'http:' && hostname === '127.0.0.1') return 'http://127.0.0.1:*';
  return origin === 'null' || hostname.startsWith('[') ? protocol : origin;
}
