import * as z from 'zod/mini';
import { isOrigin } from './origin.ts';

/** Hosts that only this machine itself answers for (RFC 8252, 7.3 and 8.3). */
const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Whether browsers may be sent there with what signs somebody in: https, a program on the person's own machine (RFC 8252, 7.3), or a
 * scheme that names its owner (7.1). As a whole and exactly: no fragment (RFC 6749, 3.1.2), user or placeholder.
 */
const isReturnUri = (text: string): boolean => {
  if (!URL.canParse(text) || /[\s#*\\]/.test(text)) return false;
  const { protocol, hostname, username, password, host } = new URL(text);
  if (username || password || /^[^/]*\/\/[^/?]*@/.test(text)) return false;
  if (protocol === 'https:') return host !== '';
  if (protocol === 'http:') return loopbackHosts.has(hostname);
  return /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol);
};

const isPage = (text: string): boolean => /^https?:/.test(text) && isReturnUri(text);

const uri = (isOne: (text: string) => boolean, what: string) =>
  z.string().check(z.maxLength(500), z.refine(isOne), z.describe(what));
const returnUri = uri(
  isReturnUri,
  'a whole https:// address without # or *, http:// on 127.0.0.1, [::1] or localhost, or one of an own scheme such as com.example.app:/signed-in',
);
const listOf = <Item extends z.ZodMiniType>(item: Item, most: number) =>
  z.array(item).check(z.maxLength(most));

/** What Latchkey knows of an app that people sign in to with it. All of it is configuration. */
export const appFields = {
  /** What people call it. */
  title: z.string().check(z.minLength(1), z.maxLength(40), z.regex(/^[^\p{Cc}<>"]+$/u)),
  /** Where people come back to with a code, as the app names it, letter by letter. */
  redirectUris: listOf(returnUri, 10).check(z.minLength(1)),
  /** Whose pages may call the provider and the relay from a browser. */
  origins: listOf(
    z
      .string()
      .check(
        z.maxLength(200),
        z.refine(isOrigin),
        z.describe('an origin such as https://portal.example.com'),
      ),
    10,
  ),
  /** The app's page that begins to sign in, where its guests are led (OpenID Connect Core 1.0, 4); null: it has none. */
  initiateLoginUri: z.nullable(uri(isPage, 'a whole https:// address, or http:// on this machine')),
  /** Whether guests whose invite names no app are led here: to the first app of which that is so. */
  takesGuests: z.boolean(),
  /** Where people may be sent after they have signed out. */
  postLogoutRedirectUris: listOf(returnUri, 10),
  /** Whom its access tokens may be made for; the first of them where it asks for none (RFC 8707). Not Latchkey's own API. */
  audiences: listOf(z.string().check(z.maxLength(200), z.regex(/^(?!latchkey$)[\w.:/-]+$/)), 10),
  /** Whether it is a program on a server, which keeps a secret. */
  confidential: z.boolean(),
  /** Whether it may stay signed in by refresh tokens. */
  refresh: z.boolean(),
};

export const appSchema = z.strictObject(appFields);
export type App = z.output<typeof appSchema>;

/** An app where the deployment says nothing else of it. */
export const usualApp = {
  origins: [],
  initiateLoginUri: null,
  takesGuests: true,
  postLogoutRedirectUris: [],
  audiences: [],
  confidential: false,
  refresh: false,
} satisfies Partial<App>;
