import { randomUUID } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import * as openid from 'openid-client';

const cookieOf = ({ headers: { cookie = '' } }: Request, name: string): string =>
  new URLSearchParams(cookie.replaceAll('; ', '&')).get(name) ?? '';
const page = (body: string): string => `<!doctype html><title>Example app</title>${body}`;
const signOut = '<form method="post" action="/logout"><button>Sign out</button></form>';

/** An app at `url`. People sign in to it with the Latchkey at `issuer`, whose setting `apps` names the app `clientId`. */
export async function createApp(url: string, issuer: string, clientId: string): Promise<Express> {
  const options = { execute: issuer.startsWith('http:') ? [openid.allowInsecureRequests] : [] };
  const latchkey = await openid.discovery(new URL(issuer), clientId, undefined, openid.None(), options);
  const cookie = { httpOnly: true, sameSite: 'lax', secure: url.startsWith('https:') } as const;
  // Your app would use a table.
  const sessions = new Map<string, openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers>();

  const app = express();
  // Otherwise, after the sign-out, the back button would still show who was signed in.
  app.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  app.get('/', async (request, response) => {
    const id = cookieOf(request, 'app-session');
    const last = sessions.get(id);
    if (!last) return void response.send(page('<h1>Example app</h1><a href="/login">Sign in</a>'));
    // The app asks Latchkey every ten minutes. Latchkey refuses if it has signed out or disabled the person.
    const now = last.expiresIn() ? last : await openid.refreshTokenGrant(latchkey, last.refresh_token!);
    sessions.set(id, now);
    // A username has no characters with a meaning in HTML. A name may have some, and must be escaped.
    response.send(page(`<h1>Hello, ${now.claims()?.['preferred_username']}</h1>${signOut}`));
  });
  app.get('/login', async ({ query: { iss, login_hint: hint = '' } }, response) => {
    const { issuer: known } = latchkey.serverMetadata();
    if (iss !== undefined && iss !== known) throw new Error('Another issuer asks to sign in.');
    const [state, verifier] = [openid.randomState(), openid.randomPKCECodeVerifier()];
    const to = openid.buildAuthorizationUrl(latchkey, {
      redirect_uri: `${url}/callback`,
      scope: 'openid profile offline_access',
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(hint !== '' && { login_hint: String(hint) }),
    });
    response.cookie(`sign-in.${state}`, verifier, { ...cookie, maxAge: 3_600_000 }).redirect(to.href);
  });
  app.get('/callback', async (request, response) => {
    const expectedState = String(request.query['state']);
    const pkceCodeVerifier = cookieOf(request, `sign-in.${expectedState}`);
    if (pkceCodeVerifier === '') throw new Error('This browser has not begun that sign-in.');
    const checks = { expectedState, pkceCodeVerifier, idTokenExpected: true };
    const tokens = await openid.authorizationCodeGrant(latchkey, new URL(request.url, url), checks);
    const id = randomUUID();
    sessions.set(id, tokens);
    response.clearCookie(`sign-in.${expectedState}`).cookie('app-session', id, cookie).redirect('/');
  });
  app.post('/logout', (request, response) => {
    const id = cookieOf(request, 'app-session');
    const to = { id_token_hint: sessions.get(id)?.id_token ?? '', post_logout_redirect_uri: `${url}/` };
    sessions.delete(id);
    response.redirect(303, openid.buildEndSessionUrl(latchkey, to).href);
  });
  type Told = Error & { error_description?: string };
  app.use((error: Told, _request: Request, response: Response, _next: NextFunction) => {
    console.error(error.error_description ?? error.message);
    response.status(400).send(page('<h1>That did not work</h1><a href="/login">Sign in again</a>'));
  });
  return app;
}
