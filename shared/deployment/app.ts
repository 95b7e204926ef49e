import * as z from 'zod/mini';
import { isOrigin } from './origin.ts';
import { usualFields } from './usual-fields.ts';

/** Hosts that only this machine itself answers for (RFC 8252, 7.3 and 8.3). */
const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Whether a browser may be sent to the address with a user's sign-in code: https, a program on the user's own machine (RFC 8252, 7.3),
 * or a scheme that names its owner (7.1). The address must be complete and exact: no fragment (RFC 6749, 3.1.2), user or placeholder.
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
  /** Addresses to which users return with a code. The app must name one of them exactly, but for the port of a loopback address. */
  redirectUris: listOf(returnUri, 10).check(z.minLength(1)),
  /** Origins whose pages may call the provider and the relay from a browser. */
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
  /** The app's page that begins a sign-in, to which its guests are led (OpenID Connect Core 1.0, 4); null: the app has none. */
  initiateLoginUri: z.nullable(uri(isPage, 'a whole https:// address, or http:// on this machine')),
  /** Whether guests whose invite names no app may be led here. They go to the first such app that has an `initiateLoginUri`. */
  takesGuests: z.boolean(),
  /** Where people may be sent after they have signed out. */
  postLogoutRedirectUris: listOf(returnUri, 10),
  /** Audiences of the app's access tokens; the first one if the app asks for none (RFC 8707). Not Latchkey's own API. */
  audiences: listOf(z.string().check(z.maxLength(200), z.regex(/^(?!latchkey$)[\w.:/-]+$/)), 10),
  /** Whether the app runs on a server and so can keep a secret. */
  confidential: z.boolean(),
  /** Whether the app may stay signed in by refresh tokens. */
  refresh: z.boolean(),
};

export const appSchema = z.strictObject(appFields);
export type App = z.output<typeof appSchema>;

const { tokenAudiences: audiences, ...usual } = usualFields;

/** Defaults of an app's fields that the deployment's settings leave out. */
export const usualApp = {
  ...usual,
  audiences,
  origins: [],
  initiateLoginUri: null,
  takesGuests: true,
} satisfies Partial<App>;
