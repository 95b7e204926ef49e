import { builtInServices } from '#shared/deployment/built-in-services.ts';
import type { Model } from 'openai/resources/models';
import { bearer, jsonAnswer, Refusal, type Dialect } from './answer.ts';
import { createChatCompletion } from './chat-completions.ts';
import { createResponse } from './responses.ts';

const models: Model[] = ['large', 'small'].map((size) => ({
  id: `gpt-stand-in-${size}`,
  object: 'model',
  created: Date.UTC(2026, 0, 1) / 1000,
  owned_by: 'latchkey',
}));

const isKey = RegExp(builtInServices['chatgpt']!.keyPattern, 'u');

const page = 'https://platform.openai.com/account/api-keys';

/** A key as OpenAI shows it in its messages: only its beginning and its end. */
const masked = (key: string): string =>
  key.length < 12
    ? '*'.repeat(key.length)
    : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;

const typeOf = (status: number): string => {
  if (status === 429) return 'requests';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
};

/** OpenAI's API. */
export const chatgpt: Dialect = {
  headers: (requestId) => ({
    'x-request-id': requestId,
    'openai-version': '2020-10-01',
    'openai-organization': 'latchkey',
    'openai-processing-ms': '1',
    'x-ratelimit-limit-requests': '5000',
    'x-ratelimit-remaining-requests': '4999',
    'x-ratelimit-reset-requests': '12ms',
  }),
  keyOf: bearer,
  admit({ headers }) {
    const key = chatgpt.keyOf(headers);
    if (key === undefined)
      throw new Refusal(
        401,
        "You didn't provide an API key. You need to provide your API key in an Authorization header using " +
          `Bearer auth (i.e. Authorization: Bearer YOUR_KEY). You can obtain an API key from ${page}.`,
      );
    if (!isKey.test(key)) throw chatgpt.unknownKey(key);
  },
  unknownKey: (key) =>
    new Refusal(401, `Incorrect API key provided: ${masked(key)}. You can find your API key at ${page}.`, {
      code: 'invalid_api_key',
    }),
  unknownPath: (method, path) => new Refusal(404, `Invalid URL (${method} ${path})`),
  errorBody: ({ status, message, param, code }) => ({
    error: { message, type: typeOf(status), param, code: status === 429 ? 'rate_limit_exceeded' : code },
  }),
  routes: {
    'POST /v1/chat/completions': createChatCompletion,
    'POST /v1/responses': createResponse,
    'GET /v1/models': () => jsonAnswer(200, { object: 'list', data: models }),
  },
};
