import type { Problem } from '../errors/problem.ts';
import type { ShowProblem } from '../operation/operation.ts';
import type { Locale, Text } from '../locale.ts';
import type { Service } from '../deployment/service.ts';
import { pathOf } from './relay-address.ts';
import { serviceAt } from './route.ts';

/** Anthropic's names of errors by status (API reference, errors); others are `api_error`. */
const anthropicTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'invalid_request_error',
  413: 'request_too_large',
  415: 'invalid_request_error',
  422: 'invalid_request_error',
  429: 'rate_limit_error',
  504: 'timeout_error',
};

/** What ends a sentence before the next one. */
const fullStops: Text = { en: '. ', ja: '。', zh: '。' };

/** An error of ours in the form of the service's own, which its clients read; ours is recognised by `code`. */
export function providerError(
  form: Service['errors'],
  { status, code, title, detail, requestId }: Problem,
  locale: Locale,
): object {
  const message = title + fullStops[locale] + detail;
  if (form === 'openai') {
    const type =
      status >= 500 ? 'server_error' : status === 429 ? 'rate_limit_error' : 'invalid_request_error';
    return { error: { message, type, param: null, code }, request_id: requestId };
  }
  const type = anthropicTypes[status] ?? 'api_error';
  return { type: 'error', error: { type, message, code }, request_id: requestId };
}

/**
 * Errors of the relay in the form of the service that was called; for no service, they are as everywhere. Clients go by
 * `x-should-retry`: nothing but an outage is over when they try again at once.
 */
export const showRelayProblem: ShowProblem = (problem, request, settings) => {
  const found = serviceAt(pathOf(request, settings), settings.services);
  return (
    found && {
      status: problem.status,
      headers: {
        'content-type': 'application/json',
        'x-should-retry': String(problem.status >= 500),
        // What Anthropic's clients tell of an error; OpenAI's take `x-request-id`, which every answer has.
        'request-id': problem.requestId,
      },
      body: JSON.stringify(providerError(found.service.errors, problem, request.locale)),
    }
  );
};
