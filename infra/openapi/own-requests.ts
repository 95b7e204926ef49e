import { prompts } from '#shared/apps/authorization-request.ts';
import { mostState } from '#shared/apps/carried-parameters.ts';

type Json = Record<string, unknown>;

/** What an endpoint reads: standards define it, and declarations do not describe it. */
interface OwnRequest {
  /** Parameters of a query or fields of a form, by name; `required` lists those that must be there. */
  fields: Readonly<Record<string, Json>>;
  required: readonly string[];
  /** Ways to authenticate, if they are not those of people. */
  security?: readonly Json[];
}

const text = { type: 'string' };
const told = (description: string, more: Json = {}): Json => ({ ...text, description, ...more });

const state = told(`Comes back as it is: ${mostState} characters at most, as a query has them.`);
const clientId = told('The name of the app in the settings.');

/** An app without a secret names itself in the form (RFC 6749, 2.3). */
const ofApp = {
  client_id: told('The name of the app in the settings, where the header does not say it.'),
  client_secret: told('The secret of the app, where the header does not hold it.'),
};
const byApp = [{}, { app: [] }];

/** How apps authenticate, besides the ways of people. */
export const appSchemes = {
  app: {
    type: 'http',
    scheme: 'basic',
    description:
      'The name of an app and its secret, each form-encoded first (RFC 6749, 2.3.1); or both in the form, and the name alone without a secret.',
  },
  appToken: { type: 'http', scheme: 'bearer', description: 'The access token that an app was given.' },
};

export const ownRequests: Readonly<Record<string, OwnRequest>> = {
  'authorization-create': {
    fields: {
      response_type: { const: 'code' },
      response_mode: { const: 'query' },
      client_id: clientId,
      redirect_uri: told(
        'One of the addresses of the app, to the letter but for the port of http://127.0.0.1 and http://[::1].',
      ),
      scope: told('openid, and with blanks between profile, email, offline_access.'),
      state,
      nonce: told('Comes back in the ID token.', { maxLength: 500 }),
      code_challenge: told('By PKCE (RFC 7636).', { pattern: '^[A-Za-z0-9_-]{43}$' }),
      code_challenge_method: { const: 'S256' },
      resource: told('The audience of the access token (RFC 8707).'),
      prompt: { enum: [...prompts] },
      max_age: told('Seconds since the sign-in, at most.', { pattern: '^\\d{0,9}$' }),
      id_token_hint: told('An ID token of the person that the app takes them for.'),
      login_hint: told('What stands in the sign-in at first.'),
      ui_locales: told('Languages with blanks between, the best first.'),
    },
    required: [
      'response_type',
      'client_id',
      'redirect_uri',
      'scope',
      'code_challenge',
      'code_challenge_method',
    ],
  },
  'oauth-logout': {
    fields: {
      id_token_hint: told('An ID token of who is to be signed out; without one they are asked.'),
      client_id: clientId,
      post_logout_redirect_uri: told(
        'One of the addresses of the app for this, to the letter but for the port of http://127.0.0.1 and http://[::1].',
      ),
      state,
    },
    required: [],
  },
  'oauth-token': {
    fields: {
      grant_type: { enum: ['authorization_code', 'refresh_token'] },
      code: text,
      redirect_uri: told('With a code: as it was asked for.'),
      code_verifier: told('With a code: by PKCE (RFC 7636).'),
      refresh_token: text,
      scope: told('With a refresh token: fewer scopes than were granted.'),
      resource: told('The audience of the access token (RFC 8707).'),
      ...ofApp,
    },
    required: ['grant_type'],
    security: byApp,
  },
  'oauth-revoke': {
    fields: { token: told('A refresh or an access token.'), token_type_hint: text, ...ofApp },
    required: ['token'],
    security: byApp,
  },
  'userinfo-read': { fields: {}, required: [], security: [{ appToken: [] }] },
};
