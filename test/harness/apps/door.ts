import { createHash, randomBytes } from 'node:crypto';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered } from '../http/http.ts';
import type { SignedIn } from '../people/people.ts';

/** The answer of the token endpoint. */
export interface Tokens {
  access_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
  id_token: string;
  refresh_token?: string;
  error?: string;
  error_description?: string;
}

export const portal = {
  client_id: 'portal',
  redirect_uri: 'https://portal.example.com/callback',
};
export const intranet = {
  client_id: 'intranet',
  redirect_uri: 'https://intranet.example.com/signed-in?from=latchkey',
};

type Values = Record<string, string>;

/** A verifier and its challenge (RFC 7636, 4). */
export function newPkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** A complete authorization request with `changes`. A value of undefined removes the parameter. */
export function authorizePath(challenge: string, changes: Record<string, string | undefined> = {}): string {
  const asked = {
    ...portal,
    response_type: 'code',
    scope: 'openid profile email offline_access',
    state: 'as-it-was',
    nonce: 'n-0S6',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(asked).filter(([, value]) => value !== undefined) as [string, string][];
  return `/oauth/authorize?${new URLSearchParams(given)}`;
}

/** The parameters that the authorization endpoint's answer passes back to `uri`. */
export function returned({ status, headers }: Answered, uri = portal.redirect_uri): Values {
  const location = String(headers['location']);
  const at = uri.includes('?') ? `${uri}&` : `${uri}?`;
  if (status !== 303 || !location.startsWith(at)) throw new Error(`answered ${status} ${location}`);
  return Object.fromEntries(new URLSearchParams(location.slice(at.length)));
}

/** Asks for a code, as the browser of a signed-in person does. */
export async function codeFor(
  stack: Stack,
  { session: { token } }: SignedIn,
  changes: Record<string, string | undefined> = {},
): Promise<{ code: string; verifier: string }> {
  const { verifier, challenge } = newPkce();
  const path = authorizePath(challenge, changes);
  // Before a session goes to the command line, a page of ours asks the person. This is the page's form.
  const form = { ...Object.fromEntries(new URL(path, stack.app).searchParams), confirmed: 'yes' };
  const answer =
    changes['client_id'] === 'latchkey-cli'
      ? await send(stack, 'POST', '/oauth/authorize', { token, form })
      : await send(stack, 'GET', path, { token });
  const { code } = returned(answer, changes['redirect_uri']);
  if (!code) throw new Error(`no code in ${String(answer.headers['location'])}`);
  return { code, verifier };
}

/** Posts a form as a program does: without a cookie or our own origin. */
export const post = <Body = Tokens>(
  stack: Stack,
  path: string,
  form: Values,
  headers: Values = {},
): Promise<Answered<Body>> =>
  send<Body>(stack, 'POST', path, {
    raw: String(new URLSearchParams(form)),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

/** Exchanges a code for tokens. */
export const exchange = (
  stack: Stack,
  { code, verifier }: { code: string; verifier: string },
  changes: Values = {},
  headers: Values = {},
): Promise<Answered<Tokens>> =>
  post(
    stack,
    '/oauth/token',
    { grant_type: 'authorization_code', ...portal, code, code_verifier: verifier, ...changes },
    headers,
  );

/** Exchanges a refresh token for the next. */
export const refresh = (stack: Stack, token: string, changes: Values = {}): Promise<Answered<Tokens>> =>
  post(stack, '/oauth/token', {
    grant_type: 'refresh_token',
    client_id: portal.client_id,
    refresh_token: token,
    ...changes,
  });

/** Signs a person in to the portal. */
export async function signInToPortal(
  stack: Stack,
  person: SignedIn,
  changes: Record<string, string | undefined> = {},
): Promise<Tokens> {
  const { status, json } = await exchange(stack, await codeFor(stack, person, changes));
  if (status !== 200) throw new Error(`oauth-token answered ${status} ${JSON.stringify(json)}`);
  return json;
}

/** The answer to an app that asks about the owner of an access token. */
export const userinfo = (stack: Stack, token: string): Promise<Answered<Record<string, unknown>>> =>
  send(stack, 'GET', '/oauth/userinfo', { token });
