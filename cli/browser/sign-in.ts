import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type readMe from '#functions/me/read.ts';
import { minute, second } from '#shared/clock.ts';
import { commandLineApp } from '#shared/deployment/command-line-app.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { newSecret } from '#shared/random.ts';
import { userResponse } from '#shared/users/show-user.ts';
import { CommandError, exit } from '../failures.ts';
import { serverAt } from '../server/connect.ts';
import type { Calling } from '../session/access.ts';
import { endSession } from '../session/end-session.ts';
import { sessionLost, type SignedIn, type SigningIn } from '../session/signed-in.ts';
import { waitForPerson } from '../terminal/wait-for-person.ts';
import { openLoopback } from './loopback.ts';
import { openBrowser } from './open.ts';
import { findProvider } from './provider.ts';

/** Enough for a person who has to find the password first. */
const waitMs = 15 * minute;

const tokenResponse = z.object({ access_token: z.string(), expires_in: z.number() });

/** The authorization code that came back. It must come from the issuer that was asked (RFC 9207). */
function codeIn(parameters: URLSearchParams, issuer: string): string {
  if (parameters.get('iss') !== issuer)
    throw new CommandError(exit.refused, `Another server than ${issuer} has answered.`);
  const code = parameters.get('code');
  if (code !== null) return code;
  const why = parameters.get('error_description') ?? parameters.get('error') ?? 'no code came back';
  throw new CommandError(exit.refused, `${issuer} has signed nobody in: ${why}`);
}

interface Begun {
  redirectUri: string;
  state: string;
  verifier: string;
}

/** The address that the browser opens: an authorization request with PKCE (RFC 7636). */
function addressOf(endpoint: string, { redirectUri, state, verifier }: Begun): string {
  const address = new URL(endpoint);
  const parameters = {
    response_type: 'code',
    client_id: commandLineApp,
    redirect_uri: redirectUri,
    scope: 'openid',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/** Exchanges an authorization code for a session. */
async function redeem(
  { env, out }: Calling,
  endpoint: string,
  { code, redirectUri, verifier }: Omit<Begun, 'state'> & { code: string },
): Promise<SignedIn> {
  const { origin: url, pathname } = new URL(endpoint);
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: commandLineApp,
    code_verifier: verifier,
  };
  const sending = { schema: tokenResponse, form, ifLost: sessionLost(url) };
  const { access_token: token, expires_in } = await serverAt(env, out, url).send('POST', pathname, sending);
  const me = serverAt(env, out, url, { token });
  const { username, role } = await me
    .get<AnswerOf<typeof readMe>>('/v1/me', userResponse)
    .catch(async (error: unknown) => {
      // The session would stay open although its token is kept nowhere.
      await endSession(me).catch(() => out.say(sessionLost(url)));
      throw error;
    });
  const expiresAt = new Date(Date.now() + expires_in * second).toISOString();
  return { token, expiresAt, username, role };
}

/**
 * Signs in through the person's browser: authorization code with PKCE, returned to a port of this machine (RFC 8252). The
 * password stays in the browser. The address on the browser's command line is useless without the verifier, which stays in this
 * process.
 */
export async function signInByBrowser(signingIn: SigningIn, opener: readonly string[]): Promise<SignedIn> {
  const { env, out, url, onAsking } = signingIn;
  const { issuer, authorization_endpoint, token_endpoint } = await findProvider(serverAt(env, out, url));
  const [state, verifier] = [newSecret(), newSecret()];
  const loopback = await openLoopback(state);
  const { redirectUri } = loopback;
  try {
    const address = addressOf(authorization_endpoint, { redirectUri, state, verifier });
    const { parameters, show } = await waitForPerson(() => {
      out.say('Sign in in the browser. If none opens, open this address in one on this machine:', address);
      openBrowser(opener, address);
      return loopback.returned;
    }, waitMs);
    try {
      const code = codeIn(parameters, issuer);
      onAsking();
      const signedIn = await redeem(signingIn, token_endpoint, { code, redirectUri, verifier });
      await show('signedIn');
      return signedIn;
    } catch (error) {
      await show('failed');
      throw error;
    }
  } finally {
    loopback.close();
  }
}
