import type { AppFacts } from '../deployment/apps.ts';
import type { Parameters } from '../http/parameters.ts';
import { isLocale, type Locale } from '../locale.ts';
import { isLongState, isTooLong } from './carried-parameters.ts';
import { audienceOf, findApp, type NamedApp } from './find-app.ts';
import type { OauthError } from './oauth-error.ts';
import { isRegistered } from './return-uri.ts';

/** Supported scopes; others are ignored (OpenID Connect Core 1.0, 3.1.2.1). */
export const scopes = ['openid', 'profile', 'email', 'offline_access'] as const;

export const prompts = ['none', 'login', 'create'] as const;
export type Prompt = (typeof prompts)[number];

/** An app's authorization request, checked. */
export interface AuthorizationRequest {
  app: NamedApp;
  redirectUri: string;
  state: string | undefined;
  scope: string;
  nonce: string | undefined;
  challenge: string;
  audience: string;
  prompt: Prompt | undefined;
  /** Greatest age of the user's sign-in. Seconds. */
  maxAgeSeconds: number | undefined;
  /** An ID token of ours that names the user whom the app expects. */
  idTokenHint: string | undefined;
  /** The first of the app's preferred languages that we support. */
  uiLocale: Locale | undefined;
}

/** A refusal that must not be sent to `redirect_uri`: the app is unknown, or it has not registered that address. */
export interface Unreturnable {
  wrong: 'client_id' | 'redirect_uri';
}

/** A refusal that the app gets at `redirectUri`. */
export interface Refused {
  redirectUri: string;
  state: string | undefined;
  refusal: OauthError;
}

/** Longest nonce, in characters. The grant's row stores it. */
const mostNonce = 500;

/**
 * Reads an authorization request (RFC 6749, 4.1.1; OpenID Connect Core 1.0, 3.1.2.1). Accepts only the strict profile:
 * code, PKCE by S256, answer in the query.
 */
export function readAuthorizationRequest(
  parameters: Parameters,
  settings: Pick<AppFacts, 'registeredApps'>,
  issuer: string,
): AuthorizationRequest | Unreturnable | Refused {
  const { values, repeated } = parameters;
  const { client_id: name, redirect_uri: redirectUri } = values;
  const app = repeated.includes('client_id') ? undefined : findApp(settings, name);
  if (!app) return { wrong: 'client_id' };
  // Checked before any answer goes to the address (RFC 9700, 4.11.2).
  if (repeated.includes('redirect_uri') || !redirectUri || !isRegistered(redirectUri, app.redirectUris))
    return { wrong: 'redirect_uri' };

  const { state = '' } = values;
  const isEchoed = state !== '' && !repeated.includes('state') && !isLongState(state);
  const echoed = isEchoed ? state : undefined;
  const refusal = refusalOf(parameters, app);
  if (refusal) return { redirectUri, state: echoed, refusal };
  const asked = values['scope']!.split(' ');
  const maxAge = values['max_age'];
  return {
    app,
    redirectUri,
    state: echoed,
    scope: scopes
      .filter((scope) => asked.includes(scope) && (scope !== 'offline_access' || app.refresh))
      .join(' '),
    nonce: values['nonce'],
    challenge: values['code_challenge']!,
    audience: audienceOf(app, values['resource'], issuer),
    prompt: values['prompt'] as Prompt | undefined,
    maxAgeSeconds: maxAge === undefined ? undefined : Number(maxAge),
    idTokenHint: values['id_token_hint'],
    uiLocale: values['ui_locales']
      ?.split(' ')
      .map((tag) => tag.split('-')[0]?.toLowerCase())
      .find(isLocale),
  };
}

const invalid = (description: string): OauthError => ({ error: 'invalid_request', description });

/** The first thing that is wrong with a request whose answer can be sent to the app. */
function refusalOf(parameters: Parameters, app: NamedApp): OauthError | undefined {
  const { values, repeated } = parameters;
  const { state = '', nonce = '', scope = '', prompt, resource } = values;
  if (repeated.includes('resource'))
    return { error: 'invalid_target', description: 'One resource at a time.' };
  if (repeated.length > 0) return invalid('A parameter came more than once.');
  if (values['request']) return { error: 'request_not_supported', description: 'Send plain parameters.' };
  if (values['request_uri'])
    return { error: 'request_uri_not_supported', description: 'Send plain parameters.' };
  if (values['registration'])
    return { error: 'registration_not_supported', description: 'Apps are registered in the settings.' };
  if (!values['response_type']) return invalid('response_type is missing.');
  if (values['response_type'] !== 'code')
    return { error: 'unsupported_response_type', description: 'response_type must be code.' };
  if ((values['response_mode'] ?? 'query') !== 'query') return invalid('response_mode must be query.');
  if (!scope.split(' ').includes('openid'))
    return { error: 'invalid_scope', description: 'scope must include openid.' };
  if (!/^[A-Za-z0-9_-]{43}$/.test(values['code_challenge'] ?? ''))
    return invalid('code_challenge is missing or no SHA-256 in base64url: PKCE is required.');
  if (values['code_challenge_method'] !== 'S256') return invalid('code_challenge_method must be S256.');
  if (isLongState(state) || nonce.length > mostNonce) return invalid('state or nonce is too long.');
  if (isTooLong(parameters)) return invalid('The request is too long.');
  if (prompt !== undefined && !prompts.some((one) => one === prompt))
    return invalid('prompt must be none, login or create, or absent.');
  if (!/^\d{0,9}$/.test(values['max_age'] ?? '')) return invalid('max_age must be a number of seconds.');
  if (resource !== undefined && !app.tokenAudiences.includes(resource))
    return { error: 'invalid_target', description: 'resource is none of the audiences of the app.' };
  return undefined;
}
