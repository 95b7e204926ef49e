/** Cookies of ours. `__Host-` binds them to this origin (RFC 6265bis, 4.1.3.2). */
export const cookie = {
  session: '__Host-session',
  device: '__Host-device',
  invite: '__Host-invite',
} as const;
type CookieName = (typeof cookie)[keyof typeof cookie];

/** Browsers keep no cookie longer than 400 days (RFC 6265bis, 5.5). Seconds. */
export const longestCookie = 400 * 24 * 60 * 60;

/** `Lax`, so that a guest who follows a link from a mail is recognised; unsafe requests are checked by `Origin`. */
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

export const setCookie = (name: CookieName, value: string, maxAgeSeconds: number): string =>
  `${name}=${value}; Max-Age=${Math.min(maxAgeSeconds, longestCookie)}; ${attributes}`;

/** The `Set-Cookie` value that takes a cookie back. */
export const dropCookie = (name: CookieName): string => `${name}=; Max-Age=0; ${attributes}`;

/** Of several `Set-Cookie` values for one name, the last: a browser would have to guess. */
export const lastOfEach = (cookies: readonly string[]): string[] => [
  ...new Map(cookies.map((line) => [line.slice(0, line.indexOf('=')), line])).values(),
];

/** Reads the `name=value` pairs that API Gateway hands over. The first of two of one name counts. */
export function readCookies(pairs: readonly string[] = []): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const pair of pairs) {
    const end = pair.indexOf('=');
    if (end > 0) cookies[pair.slice(0, end).trim()] ??= pair.slice(end + 1).trim();
  }
  return cookies;
}

/** Takes the invite back from a browser that came by a link, once it has served. */
export function dropInviteCookie(
  request: { cookies: Readonly<Record<string, string | undefined>> },
  cookies: string[],
) {
  if (request.cookies[cookie.invite]) cookies.push(dropCookie(cookie.invite));
}
