import type { Config } from '../config.ts';
import { seeOther, type Answer } from '../http/answer.ts';
import { lastOfEach } from '../http/cookies.ts';
import type { Operation } from '../operation.ts';
import type { Exchange, Result, Runtime, Step } from './step.ts';

/**
 * Makes the HTTP answer of what `run` returned: JSON with the declared fields only, a page as it is, or, for a
 * form, the way to the page that shows the result.
 */
export function shapeResponse({ operation, config }: Runtime): Step {
  return {
    after: (request) => {
      const { exchange } = request.context;
      const { status, headers, body } = answerOf(operation, request.response, exchange, config);
      const result: Result = { statusCode: status, headers, cookies: lastOfEach(exchange.cookies) };
      request.response = body === '' ? result : { ...result, body };
    },
  };
}

function answerOf(operation: Operation, output: unknown, { fields }: Exchange, { settings }: Config): Answer {
  if (operation.kind === 'page') return output as Answer;
  if (fields && operation.form) return seeOther(operation.form.done(fields, settings));
  const value = operation.response!.parse(output);
  const { status = 200 } = operation;
  return status === 204
    ? { status, headers: {}, body: '' }
    : { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
