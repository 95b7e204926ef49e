import { createLog, createLogger } from '../log.ts';
import { cookie, readCookies } from '../http/cookies.ts';
import type { Request } from '../http/request.ts';
import { isLocale, negotiate, type Locale } from '../locale.ts';
import type { Event, Runtime, Step } from './step.ts';

/** Opens the exchange, logs its end in one line, and names the request in the answer. */
export function requestContext({ id, config, clock }: Pick<Runtime, 'id' | 'config' | 'clock'>): Step {
  const logger = createLogger(id);
  const startedAt = Symbol('startedAt');
  type Timed = { [startedAt]?: number };
  const finish: Step['after'] = ({ event, context, response }) => {
    const { request, log } = context.exchange;
    // A relayed answer has its provider's own.
    response!.headers = { 'x-request-id': request.id, ...response!.headers };
    log.info('request', {
      route: event.routeKey,
      status: response!.statusCode ?? 200,
      address: request.address,
      milliseconds: clock.now() - ((context as Timed)[startedAt] ?? 0),
    });
  };
  return {
    before: ({ event, context }) => {
      const now = clock.now();
      const request = readRequest(event, config.settings.locale, now);
      (context as Timed)[startedAt] = now;
      context.exchange = {
        request,
        log: createLog(logger, { requestId: request.id }),
        cookies: [],
        input: {},
        crowded: false,
      };
    },
    after: finish,
    onError: finish,
  };
}

function readRequest(event: Event, fallback: Locale, now: number): Request {
  const { requestContext: gateway, headers, rawPath } = event;
  const cookies = readCookies(event.cookies);
  const chosenLocale = chosenIn(rawPath, cookies[cookie.language]);
  return {
    id: gateway.requestId,
    at: now,
    arrivedAt: gateway.timeEpoch,
    method: gateway.http.method,
    path: rawPath,
    address: gateway.http.sourceIp,
    userAgent: (headers['user-agent'] ?? '').slice(0, 300).toWellFormed(),
    proof: headers['dpop'],
    locale: chosenLocale ?? negotiate(headers['accept-language'], fallback),
    chosenLocale,
    headers,
    cookies,
  };
}

/** The language that was chosen, where a page is asked for. Scripts say in a header which one their page is in. */
const chosenIn = (path: string, chosen: string | undefined): Locale | undefined =>
  isLocale(chosen) && !path.startsWith('/v1/') ? chosen : undefined;
