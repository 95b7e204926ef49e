/** Whether a text is an origin as browsers write it (RFC 6454): scheme and host in lower case, no default port. */
export const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;

/**
 * An address as a source of a content security policy: its origin, with any port if the address is a program on 127.0.0.1. The scheme
 * alone, if the address has no origin or an IPv6 host, which policies cannot name (CSP 3, 2.3.1).
 */
export function targetOf(address: string): string {
  const { protocol, hostname, origin } = new URL(address);
  if (protocol === 'http:' && hostname === '127.0.0.1') return 'http://127.0.0.1:*';
  return origin === 'null' || hostname.startsWith('[') ? protocol : origin;
}
