import type { Problem } from '../errors/problem.ts';
import type { Answer } from '../http/answer.ts';

/** Error codes of the protocol: RFC 6749 (4.1.2.1, 5.2), OpenID Connect Core 1.0 (3.1.2.6), RFC 8707 (2), RFC 6750 (3.1). */
export type OauthErrorCode =
  | 'invalid_request'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied'
  | 'invalid_target'
  | 'login_required'
  | 'interaction_required'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'registration_not_supported'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'temporarily_unavailable'
  | 'server_error';

/** An error of the protocol, for the app's developer: users never see it. */
export interface OauthError {
  error: OauthErrorCode;
  /** ASCII, as the RFCs require. */
  description: string;
}

/** A JSON answer that no cache may store, because it may hold tokens (RFC 6749, 5.1). */
export const jsonAnswer = (status: number, body: object, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    pragma: 'no-cache',
    ...headers,
  },
  body: JSON.stringify(body),
});

/** An error as the token endpoint and its neighbours answer it (RFC 6749, 5.2). */
export const errorAnswer = (
  { error, description }: OauthError,
  status = 400,
  headers: Record<string, string> = {},
): Answer => jsonAnswer(status, { error, error_description: description }, headers);

/** An error of the chain, such as a rate limit, in the protocol's form. Its code is the description, since it is always ASCII. */
export const showAsOauth = ({ status, code }: Problem): Answer => {
  const error: OauthErrorCode =
    status >= 500 || status === 429 ? 'temporarily_unavailable' : 'invalid_request';
  return errorAnswer({ error, description: code }, status);
};
