import { builtInServices } from '#shared/deployment/built-in-services.ts';
import { bearer, Refusal, type Dialect } from './answer.ts';
import { listModels } from './claude-models.ts';
import { countTokens, createMessage } from './claude-messages.ts';

const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

const limits = { requests: 1_000, 'input-tokens': 400_000, 'output-tokens': 80_000, tokens: 480_000 };

const isKey = RegExp(builtInServices['claude']!.keyPattern, 'u');

/** Anthropic's API. Its own client sends keys as bearer tokens from version 1 on; other clients send `x-api-key`. */
export const claude: Dialect = {
  headers: (requestId, now) => ({
    'request-id': requestId,
    'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
    ...Object.fromEntries(
      Object.entries(limits).flatMap(([what, limit]) => [
        [`anthropic-ratelimit-${what}-limit`, `${limit}`],
        [`anthropic-ratelimit-${what}-remaining`, `${limit - 1}`],
        [`anthropic-ratelimit-${what}-reset`, new Date(now + 60_000).toISOString()],
      ]),
    ),
  }),
  keyOf: (headers) => headers['x-api-key']?.toString() ?? bearer(headers),
  admit({ headers }) {
    const key = claude.keyOf(headers);
    if (key === undefined) throw new Refusal(401, 'x-api-key header is required');
    if (!isKey.test(key)) throw claude.unknownKey(key);
    const version = headers['anthropic-version']?.toString();
    if (version === undefined) throw new Refusal(400, 'anthropic-version: header is required');
    if (!/^\d{4}-\d\d-\d\d$/.test(version))
      throw new Refusal(400, `anthropic-version: "${version}" is not a valid version`);
  },
  unknownKey: () => new Refusal(401, 'invalid x-api-key'),
  unknownPath: () => new Refusal(404, 'Not Found'),
  errorBody: ({ status, message }, requestId) => ({
    type: 'error',
    error: { type: types[status] ?? 'api_error', message },
    request_id: requestId,
  }),
  routes: {
    'POST /v1/messages': createMessage,
    'POST /v1/messages/count_tokens': countTokens,
    'GET /v1/models': listModels,
  },
};
