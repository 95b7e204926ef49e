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

/** The `Set-Cookie` value that takes a cookie back. */
export const dropCookie = (name: CookieName): string => `${name}=; Max-Age=0; ${attributes}`;

/** Of several `Set-Cookie` values for one name, the last: a browser would have to guess. */
export const lastOfEach = (cookies: readonly string[]): string[] => [
  ...new Map(cookies.map((line) => [line.slice(0, line.indexOf('=')), line])).values(),
];

/**
 * Takes blanks and tabs off, and no other white space: `\u2000__Host-session` is not under the browser's protection
 * of `__Host-`, and must not become `__Host-session` here.
 */
function strip(text: string): string {
  const isBlank = (at: number): boolean => text[at] === ' ' || text[at] === '\t';
  let [start, end] = [0, text.length];
  while (start < end && isBlank(start)) start += 1;
  // By hand: a regular expression would look at each run of blanks within, in a time that grows with its square (C90).
  while (end > start && isBlank(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** Reads the `name=value` pairs that API Gateway hands over. The first of two of one name counts. */
export function readCookies(pairs: readonly string[] = []): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const pair of pairs) {
    const end = pair.indexOf('=');
    if (end > 0) cookies[strip(pair.slice(0, end))] ??= strip(pair.slice(end + 1));
  }
  return cookies;
}

/** How long a browser carries something from a page to the ones after. */
const carriedSeconds = 30 * 60;

/** Lets the browser carry a link's token to the next page. It decides nothing there: the form holds its own (C70). */
export const carryInvite = (token: string): string => setCookie(cookie.invite, token, carriedSeconds);

/** Takes a token back that has served; another tab's stays. */
export function dropInvite(
  token: string | undefined,
  request: { cookies: Readonly<Record<string, string | undefined>> },
  cookies: string[],
): void {
  if (token && request.cookies[cookie.invite] === token) cookies.push(dropCookie(cookie.invite));
}

/** Keeps the language that was chosen in this browser. It names nobody, and decides nothing but what pages are written in. */
export const keepLanguage = (language: Locale): string =>
  setCookie(cookie.language, language, toSeconds(365 * day));

/** Carries the language in which an app asks for its people (`ui_locales`), on their way in. What they choose themselves wins. */
export const carryAppLanguage = (language: Locale): string =>
  setCookie(cookie.appLanguage, language, carriedSeconds);
