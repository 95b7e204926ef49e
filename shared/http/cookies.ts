import { day, toSeconds } from '../clock.ts';
import type { Locale } from '../locale.ts';

/** Cookies of ours. `__Host-` binds them to this origin (RFC 6265bis, 4.1.3.2). */
export const cookie = {
  session: '__Host-session',
  device: '__Host-device',
  invite: '__Host-invite',
  language: '__Host-language',
  appLanguage: '__Host-app-language',
} as const;
type CookieName = (typeof cookie)[keyof typeof cookie];

/** Browsers keep no cookie longer than 400 days (RFC 6265bis, 5.5). */
export const maxCookieSeconds = 400 * 24 * 60 * 60;

/** `Lax`, so that a guest who follows a link from a mail is recognised; unsafe requests are checked by `Origin`. */
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The `Set-Cookie` value of a cookie that scripts cannot read, for 400 days at most. */
export const setCookie = (name: CookieName, value: string, maxAgeSeconds: number): string =>
  `${name}=${value}; Max-Age=${Math.min(maxAgeSeconds, maxCookieSeconds)}; ${attributes}`;

/** The `Set-Cookie` value that deletes a cookie. */
export const dropCookie = (name: CookieName): string => `${name}=; Max-Age=0; ${attributes}`;

/** The last `Set-Cookie` value for each name: with several, a browser would have to guess. */
export const lastOfEach = (cookies: readonly string[]): string[] => [
  ...new Map(cookies.map((line) => [line.slice(0, line.indexOf('=')), line])).values(),
];

/**
 * Strips blanks and tabs, and no other white space: browsers do not protect `\u2000__Host-session` by the rules for `__Host-`, so it
 * must not become `__Host-session` here.
 */
function strip(text: string): string {
  const isBlank = (at: number): boolean => text[at] === ' ' || text[at] === '\t';
  let [start, end] = [0, text.length];
  while (start < end && isBlank(start)) start += 1;
  // By hand: a regular expression would examine each inner run of blanks, in a time that grows with the square of its length (C90).
  while (end > start && isBlank(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** Reads the `name=value` pairs that API Gateway hands over. Of two with the same name, the first counts. */
export function readCookies(pairs: readonly string[] = []): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const pair of pairs) {
    const end = pair.indexOf('=');
    if (end > 0) cookies[strip(pair.slice(0, end))] ??= strip(pair.slice(end + 1));
  }
  return cookies;
}

/** How long a browser carries a value from one page to the next ones. */
const carriedSeconds = 30 * 60;

/** Lets the browser carry a link's token to the next page. The cookie decides nothing there: the form holds its own token (C70). */
export const carryInvite = (token: string): string => setCookie(cookie.invite, token, carriedSeconds);

/** Deletes the cookie of a token that was used; another tab's token stays. */
export function dropInvite(
  token: string | undefined,
  request: { cookies: Readonly<Record<string, string | undefined>> },
  cookies: string[],
): void {
  if (token && request.cookies[cookie.invite] === token) cookies.push(dropCookie(cookie.invite));
}

/** Keeps the language that was chosen in this browser. It identifies no user, and decides only the language of pages. */
export const keepLanguage = (language: Locale): string =>
  setCookie(cookie.language, language, toSeconds(365 * day));

/** Carries the language that an app asks for (`ui_locales`) while its user signs in. The user's own choice wins. */
export const carryAppLanguage = (language: Locale): string =>
  setCookie(cookie.appLanguage, language, carriedSeconds);
