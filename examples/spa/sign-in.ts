import * as oauth from 'oauth4webapi';

/** The page's settings, from the top of index.html. */
const { issuer = '', clientId = '' } = document.documentElement.dataset;
const client: oauth.Client = { client_id: clientId };
const insecure = { [oauth.allowInsecureRequests]: issuer.startsWith('http:') }; // npm start
const home = `${location.origin}/`;

const answer = await oauth.discoveryRequest(new URL(issuer), insecure);
const latchkey = await oauth.processDiscoveryResponse(new URL(issuer), answer);

/** Only in memory: scripts that run later on this origin find no tokens. */
let tokens: oauth.TokenEndpointResponse | undefined;

/** Sends the browser to Latchkey, which sends it back here with a code. */
export async function signIn(): Promise<void> {
  const [state, verifier] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier()];
  sessionStorage.setItem(state, verifier);
  const to = new URL(latchkey.authorization_endpoint!);
  const code_challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const parameters = {
    client_id: clientId,
    redirect_uri: home,
    response_type: 'code',
    scope: 'openid profile offline_access',
    state,
    code_challenge,
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) to.searchParams.set(name, value);
  location.assign(to);
}

/** The person who has returned with a code; undefined if the page was opened otherwise. */
export async function signedIn(): Promise<oauth.IDToken | undefined> {
  const here = new URL(location.href);
  const state = here.searchParams.get('state');
  const verifier = state && sessionStorage.getItem(state);
  if (!verifier) return undefined;
  sessionStorage.removeItem(state);
  history.replaceState(null, '', home); // the code can be used only once
  const code = oauth.validateAuthResponse(latchkey, client, here, state);
  const grant = [latchkey, client, oauth.None()] as const;
  const response = await oauth.authorizationCodeGrantRequest(...grant, code, home, verifier, insecure);
  tokens = await oauth.processAuthorizationCodeResponse(latchkey, client, response, { requireIdToken: true });
  return oauth.getValidatedIdTokenClaims(tokens);
}

/** A fresh access token for one of the app's audiences, such as `relay`. */
export async function accessToken(resource: string): Promise<string> {
  const additionalParameters = { resource };
  const grant = [latchkey, client, oauth.None(), tokens!.refresh_token!] as const;
  const response = await oauth.refreshTokenGrantRequest(...grant, { ...insecure, additionalParameters });
  const { id_token = tokens!.id_token!, ...fresh } = await oauth.processRefreshTokenResponse(
    latchkey,
    client,
    response,
  );
  tokens = { ...fresh, id_token };
  return tokens.access_token;
}

/** Signs out of Latchkey, and so out of all apps. */
export function signOut(): void {
  const to = new URL(latchkey.end_session_endpoint!);
  to.searchParams.set('id_token_hint', tokens!.id_token!);
  to.searchParams.set('post_logout_redirect_uri', home);
  location.assign(to);
}
