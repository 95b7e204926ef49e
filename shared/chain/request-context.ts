import { createLog } from '../log.ts';
import { readCookies } from '../http/cookies.ts';
import type { Request } from '../http/request.ts';
import { negotiate } from '../texts/locale.ts';
import type { Event, Runtime, Step } from './step.ts';

/** Opens the exchange, logs its end in one line, and names the request in the answer. */
export function requestContext({ id, config, clock }: Runtime): Step {
  const startedAt = Symbol('startedAt');
  type Timed = { [startedAt]?: number };
  const finish: Step['after'] = ({ event, context, response }) => {
    const { request, log } = context.exchange;
    response!.headers = { ...response!.headers, 'x-request-id': request.id };
    log.info('request', {
      route: event.routeKey,
      status: response!.statusCode ?? 200,
      address: request.address,
      milliseconds: clock.now() - ((context as Timed)[startedAt] ?? 0),
    });
  };
  return {
    before: ({ event, context }) => {
      const request = readRequest(event, config.settings.locale);
      (context as Timed)[startedAt] = clock.now();
      context.exchange = { request, log: createLog(id, { requestId: request.id }), cookies: [], input: {} };
    },
    after: finish,
    onError: finish,
  };
}

function readRequest(event: Event, fallback: Parameters<typeof negotiate>[1]): Request {
  const { requestContext: gateway, headers, cookies, rawPath } = event;
  return {
    id: gateway.requestId,
    method: gateway.http.method,
    path: rawPath,
    address: gateway.http.sourceIp,
    userAgent: (headers['user-agent'] ?? '').slice(0, 300).toWellFormed(),
    locale: negotiate(headers['accept-language'], fallback),
    headers,
    cookies: readCookies(cookies),
  };
}
