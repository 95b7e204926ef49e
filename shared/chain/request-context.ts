import type { Proxy } from '../deployment/proxy.ts';
import { deploymentName } from '../deployment/stack-names.ts';
import { createLog, createLogger } from '../aws/log.ts';
import { cookie, readCookies } from '../http/cookies.ts';
import type { Request } from '../http/request.ts';
import { isLocale, spokenIn, type Locale } from '../locale.ts';
import { clientOf } from './client-address.ts';
import type { Event, Runtime, Step } from './step.ts';

type Opening = Pick<Runtime, 'id' | 'config' | 'clock'> & { operation: { kind: string } };

/** Opens the exchange, logs its end in one line, and names the request in the answer. */
export function requestContext({ id, operation, config, clock }: Opening): Step {
  const { locale, stage, proxy: front } = config.settings;
  // The relay has an address of its own, which need not be behind the proxy.
  const proxy = operation.kind === 'stream' && !front?.relay ? null : front;
  const logger = createLogger(id, deploymentName(stage));
  const finish: Step['after'] = ({ event, context, response }) => {
    const { request, log } = context.exchange;
    // A relayed answer keeps its provider's id.
    response!.headers = { 'x-request-id': request.id, ...response!.headers };
    log.info('request', {
      route: event.routeKey,
      status: response!.statusCode ?? 200,
      address: request.address,
      milliseconds: clock.now() - request.at,
    });
  };
  return {
    before: ({ event, context }) => {
      const { proxyCheck, address } = clientOf(event, proxy);
      if (proxy) withoutHeaders(event, proxy);
      const request = readRequest(event, address, locale, clock.now());
      context.exchange = {
        request,
        proxyCheck,
        log: createLog(logger, { requestId: request.id }),
        cookies: [],
        input: {},
        nearLimit: false,
      };
    },
    after: finish,
    onError: finish,
  };
}

/** Removes the proxy's headers, so that later steps cannot see its secret or pass either header on. */
function withoutHeaders({ headers }: Event, { header, secretHeader }: Proxy): void {
  delete headers[header];
  delete headers[secretHeader];
}

function readRequest(event: Event, address: string, fallback: Locale, now: number): Request {
  const { requestContext: gateway, headers, rawPath } = event;
  const cookies = readCookies(event.cookies);
  const chosenLocale = ofPage(rawPath, cookies[cookie.language]);
  const askedLocale =
    ofPage(rawPath, cookies[cookie.appLanguage]) ?? spokenIn(headers['accept-language'] ?? '');
  return {
    id: gateway.requestId,
    at: now,
    arrivedAt: gateway.timeEpoch,
    method: gateway.http.method,
    path: rawPath,
    address,
    userAgent: (headers['user-agent'] ?? '').slice(0, 300).toWellFormed(),
    proof: headers['dpop'],
    locale: chosenLocale ?? askedLocale ?? fallback,
    chosenLocale,
    askedLocale,
    headers,
    cookies,
  };
}

/** The language that a cookie names, for requests of pages only. Scripts send their page's language in a header. */
const ofPage = (path: string, language: string | undefined): Locale | undefined =>
  isLocale(language) && !path.startsWith('/v1/') ? language : undefined;
