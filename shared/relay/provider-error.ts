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

/** Our error in the form of the service's own errors, which its clients read. Our errors are recognised by `code`. */
const providerError = (form: Service['errors'], problem: Problem, locale: Locale) =>
  (form === 'openai' ? openAiError : anthropicError)(
    problem,
    problem.title + fullStops[locale] + problem.detail,
  );

/**
 * The same as an event of a stream. OpenAI's Responses API has a form of its own, with a sequence number that we do not know.
 * In all other streams the clients throw any event that has an `error`.
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
 * Errors of the relay in the form of the service that was called. Without a service they look as everywhere else. Clients
 * obey `x-should-retry`: an immediate retry helps only after an outage. A silent provider may still be answering, and the
 * owner of the key pays for each answer.
 */
export const showRelayProblem: ShowProblem = (problem, request, settings) => {
  const found = serviceAt(pathOf(request, settings), settings.services);
  return (
    found && {
      status: problem.status,
      headers: {
        'content-type': 'application/json',
        'x-should-retry': String(problem.status >= 500 && problem.code !== 'provider_silent'),
        // Anthropic's clients report this id with an error. OpenAI's use `x-request-id`, which every answer has.
        'request-id': problem.requestId,
      },
      body: JSON.stringify(providerError(found.service.errors, problem, request.locale)),
    }
  );
};
