/** `http` on the loopback address itself, with any port: only the program knows which port is free (RFC 8252, 7.3). */
const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\])(:\d{1,5})?(?=\/|$)/;

/** Whether `uri` equals one of `registered` exactly (RFC 9700, 2.1), except for the port of a loopback address. */
export function isRegistered(uri: string, registered: readonly string[]): boolean {
  if (registered.includes(uri)) return true;
  // Refuses a port above 65,535.
  if (!URL.canParse(uri)) return false;
  return (
    loopback.test(uri) &&
    registered.some((one) => loopback.test(one) && withoutPort(one) === withoutPort(uri))
  );
}

const withoutPort = (uri: string): string => uri.replace(loopback, 'http://$1');

/** `uri` with parameters added to its query. */
export function withParameters(
  uri: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const added = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(added as [string, string][]).toString();
  if (query === '') return uri;
  return `${uri}${uri.includes('?') ? '&' : '?'}${query}`;
}
