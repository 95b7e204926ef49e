type Json = Record<string, unknown>;

const text = { type: 'string' };
const html = { 'text/html': { schema: text } };

/** An error of the protocol (`shared/apps/oauth-error.ts`; RFC 6749, 5.2). */
const oauthError = {
  type: 'object',
  properties: { error: text, error_description: text },
  required: ['error', 'error_description'],
  additionalProperties: false,
};

const json = (schema: Json): Json => ({ 'application/json': { schema } });

/** The content of the chain's own errors: a page for people, or the protocol's error for programs. */
const pageErrors = html;
const protocolErrors = json(oauthError);

const location = { Location: { schema: text } };
const challenge = { 'WWW-Authenticate': { schema: text } };

/** The answers of an endpoint that people's browsers open: a page that asks the person, or a redirect. */
const forPeople = (way: string): Json => ({
  '200': { description: 'The page that asks the person.', content: html },
  '303': { description: way, headers: location },
});

const refused: Json = {
  '400': { description: 'The request is refused (RFC 6749, 5.2).', content: protocolErrors },
  '401': {
    description: 'The app is not known, or its secret is wrong or missing.',
    headers: challenge,
    content: protocolErrors,
  },
};

const tokens = json({
  type: 'object',
  properties: {
    access_token: text,
    token_type: { const: 'Bearer' },
    expires_in: { type: 'integer', minimum: 0 },
    scope: text,
    id_token: text,
    refresh_token: text,
  },
  required: ['access_token', 'token_type', 'expires_in', 'scope', 'id_token'],
  additionalProperties: false,
});

/** The claims of a person (`shared/apps/claims.ts`): more scopes give more claims. */
const claims = json({
  type: 'object',
  properties: {
    sub: text,
    role: text,
    preferred_username: text,
    name: text,
    given_name: text,
    family_name: text,
    locale: text,
    updated_at: { type: 'integer' },
    email: text,
    email_verified: { type: 'boolean' },
  },
  required: ['sub', 'role'],
});

/** Answers that declarations do not describe: those of endpoints, which standards define, and those of files. */
export const ownAnswers: Readonly<Record<string, { answers: Json; errors: Json }>> = {
  'authorization-create': {
    answers: forPeople('Back to the app, with a code or an error; or to the sign-in.'),
    errors: pageErrors,
  },
  'oauth-logout': { answers: forPeople('Signed out; back to the app.'), errors: pageErrors },
  'oauth-token': {
    answers: { '200': { description: 'The tokens.', content: tokens }, ...refused },
    errors: protocolErrors,
  },
  'oauth-revoke': {
    answers: {
      '200': {
        description: 'The token is good for nothing.',
        content: json({ type: 'object', maxProperties: 0 }),
      },
      ...refused,
    },
    errors: protocolErrors,
  },
  'userinfo-read': {
    answers: {
      '200': { description: 'What the scopes of the token let know.', content: claims },
      '401': {
        description: 'The token is not good (RFC 6750, 3.1); who shows none is told how.',
        headers: challenge,
        content: json({ anyOf: [oauthError, { type: 'object', maxProperties: 0 }] }),
      },
    },
    errors: protocolErrors,
  },
  'page-asset': {
    answers: {
      '200': {
        description: 'The file.',
        content: { 'text/css': { schema: text }, 'text/javascript': { schema: text } },
      },
      '304': { description: 'The file is as it was (RFC 9110, 13.1.2).' },
    },
    errors: pageErrors,
  },
};
