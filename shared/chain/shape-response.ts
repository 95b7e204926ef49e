import type { Config } from '../deployment/config.ts';
import { seeOther, type Answer } from '../http/answer.ts';
import { lastOfEach } from '../http/cookies.ts';
import { csvAnswer, wantsCsv } from '../http/csv.ts';
import { takesJson } from '../http/request.ts';
import type { Operation } from '../operation/operation.ts';
import type { Exchange, Result, Runtime, Step } from './step.ts';

/**
 * Makes the HTTP answer from what `run` returned: JSON or CSV with the declared fields only, a page unchanged, or, for
 * a form, the address of the page that shows the result.
 */
export function shapeResponse({ operation, config }: Runtime): Step {
  return {
    after: (request) => {
      const { exchange } = request.context;
      const { status, headers, body, reach } = answerOf(operation, request.response, exchange, config);
      exchange.reach = reach;
      const result: Result = { statusCode: status, headers, cookies: lastOfEach(exchange.cookies) };
      request.response = body === '' ? result : { ...result, body };
    },
  };
}

const nextPage = (next: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ next }),
});

function answerOf(operation: Operation, output: unknown, exchange: Exchange, { settings }: Config): Answer {
  const { form, fields, input, request, cookies } = exchange;
  if (operation.kind !== 'operation') return output as Answer;
  if (form && fields) {
    cookies.push(...(form.carries?.(fields) ?? []));
    const next = form.done(fields, settings, output, request);
    return takesJson(request) ? nextPage(next) : seeOther(next);
  }
  const value = operation.response!.parse(output);
  if (operation.csv && wantsCsv(input.query)) {
    return csvAnswer(operation.csv, value as object, request.path, input.query as object, request.locale);
  }
  const { status = 200, filename, cacheSeconds } = operation;
  const asFile = filename !== undefined && { 'content-disposition': `attachment; filename="${filename}"` };
  const kept = cacheSeconds !== undefined && { 'cache-control': `public, max-age=${cacheSeconds}` };
  const headers = { 'content-type': 'application/json', ...asFile, ...kept };
  return status === 204
    ? { status, headers: {}, body: '' }
    : { status, headers, body: JSON.stringify(value) };
}
