import * as z from 'zod/mini';
import { claimNames } from '#shared/apps/claims.ts';
import { prompts, scopes } from '#shared/apps/authorization-request.ts';
import { locales } from '#shared/locale.ts';
import { operation } from '#shared/operation/operation.ts';
import { signerAt } from '#shared/sessions/signer.ts';
import { readSigners } from '#shared/sessions/signers.ts';

const uri = z.string();
const names = z.array(z.string());

const response = z.object({
  issuer: uri,
  authorization_endpoint: uri,
  token_endpoint: uri,
  userinfo_endpoint: uri,
  jwks_uri: uri,
  revocation_endpoint: uri,
  end_session_endpoint: uri,
  scopes_supported: names,
  response_types_supported: names,
  response_modes_supported: names,
  grant_types_supported: names,
  subject_types_supported: names,
  id_token_signing_alg_values_supported: names,
  token_endpoint_auth_methods_supported: names,
  revocation_endpoint_auth_methods_supported: names,
  code_challenge_methods_supported: names,
  prompt_values_supported: names,
  acr_values_supported: names,
  claims_supported: names,
  ui_locales_supported: names,
  authorization_response_iss_parameter_supported: z.boolean(),
  claims_parameter_supported: z.boolean(),
  request_parameter_supported: z.boolean(),
  request_uri_parameter_supported: z.boolean(),
});

/** Confidential apps have a secret. Other apps prove themselves by PKCE only. */
const clientAuthentication = ['client_secret_basic', 'client_secret_post', 'none'];

export default operation({
  summary: 'What an app must know to sign people in here (OpenID Connect Discovery 1.0, RFC 8414).',
  method: 'GET',
  path: '/.well-known/openid-configuration',
  alsoAt: '/.well-known/oauth-authorization-server',
  auth: 'public',
  cors: 'apps',
  cacheSeconds: 300,
  response,
  uses: [readSigners],
  errors: [],
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  async run({ signers, settings: { tokenSigning }, origin, clock }) {
    const present = signerAt(await signers.list(), tokenSigning, clock.now());
    return {
      issuer: origin,
      authorization_endpoint: `${origin}/oauth/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      userinfo_endpoint: `${origin}/oauth/userinfo`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      revocation_endpoint: `${origin}/oauth/revoke`,
      end_session_endpoint: `${origin}/oauth/logout`,
      scopes_supported: [...scopes],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      subject_types_supported: ['public'],
      // After the setting changes, the former algorithm stays in use for two hours.
      id_token_signing_alg_values_supported: [...new Set([tokenSigning, present?.alg ?? tokenSigning])],
      token_endpoint_auth_methods_supported: clientAuthentication,
      revocation_endpoint_auth_methods_supported: clientAuthentication,
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: [...prompts],
      acr_values_supported: ['1', '2'],
      claims_supported: [...claimNames],
      ui_locales_supported: [...locales],
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    };
  },
});
