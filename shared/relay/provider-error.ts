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

function openAiError({ status, code, requestId }: Problem, message: string) {
  const type = status >= 500 ? 'server_error' : status === 429 ? 'rate_limit_error' : 'invalid_request_error';
  return { error: { message, type, param: null, code }, request_id: requestId };
}

function anthropicError({ status, code, requestId }: Problem, message: string) {
  const type = anthropicTypes[status] ?? 'api_error';
  return { type: 'error', error: { type, message, code }, request_id: requestId };
}

/** An error of ours in the form of the service's own, which its clients read; ours is recognised by `code`. */
const providerError = (form: Service['errors'], problem: Problem, locale: Locale) =>
  (form === 'openai' ? openAiError : anthropicError)(
    problem,
    problem.title + fullStops[locale] + problem.detail,
  );

/**
 * The same as an event of a stream. OpenAI's Responses API has a form of its own, whose number we do not know; in all other
 * streams the clients throw what has an `error`.
 */
export function providerErrorEvent(
  { errors }: Pick<Service, 'errors'>,
  path: string,
  problem: Problem,
  locale: Locale,
): object {
  const body = providerError(errors, problem, locale);
  if (errors !== 'openai' || !path.endsWith('/responses')) return body;
  const { message, code } = body.error;
  return { type: 'error', code, message, param: null, sequence_number: 0, ...body };
}

/**
 * Errors of the relay in the form of the service that was called; for no service, they are as everywhere. Clients go by
 * `x-should-retry`: nothing but an outage is over when they try again at once. Who was silent may be answering still, and
 * the owner of the key pays for each answer.
 */
export const showRelayProblem: ShowProblem = (problem, request, settings) => {
  const found = serviceAt(pathOf(request, settings), settings.services);
  return (
    found && {
      status: problem.status,
      headers: {
        'content-type': 'application/json',
        'x-should-retry': String(problem.status >= 500 && problem.code !== 'provider_silent'),
        // What Anthropic's clients tell of an error; OpenAI's take `x-request-id`, which every answer has.
        'request-id': problem.requestId,
      },
      body: JSON.stringify(providerError(found.service.errors, problem, request.locale)),
    }
  );
};
