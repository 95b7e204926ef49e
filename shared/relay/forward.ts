import type { IncomingMessage } from 'node:http';
import { second, type Clock } from '../clock.ts';
import { describe } from '../errors/problem.ts';
import type { Request } from '../http/request.ts';
import type { Log } from '../aws/log.ts';
import { providerUrl } from './open-request.ts';
import type { Settings } from '../deployment/settings.ts';
import type { StreamAnswer } from '../operation/stream.ts';
import { answerBody } from './answer-body.ts';
import { callProvider, ProviderFailure } from './call-provider.ts';
import { isAnswered, type CallOutcome } from './end-reservation.ts';
import { failureOf } from './failure-of.ts';
import { answerHeaders, requestHeaders } from './headers.ts';
import { providerErrorEvent } from './provider-error.ts';
import type { RelayRoute } from './route.ts';

interface Sent {
  request: Request;
  query: string;
  body: Buffer;
  deadline: number;
  settings: Settings;
  clock: Clock;
  log: Log;
}

/**
 * Whether an answer can be passed on. A redirect cannot: the caller's client would follow it, with the token that is meant
 * for us. Nor can a compressed body, which we do not ask for: we could not see the key in it.
 */
function canPass({ statusCode: status = 0, headers }: IncomingMessage): boolean {
  const isFinal = (status >= 200 && status < 300) || (status >= 400 && status < 600);
  return isFinal && (headers['content-encoding'] ?? 'identity') === 'identity';
}

/**
 * Passes a call on with the key, and the provider's answer back as it comes.
 * @param onEnd called once when the answer is over.
 * @throws ProviderFailure if there is no answer to pass on.
 */
export async function forward(
  { request, query, body, deadline, settings, clock, log }: Sent,
  { name, service, path }: RelayRoute,
  key: string,
  onEnd: (ending: CallOutcome) => Promise<void>,
): Promise<StreamAnswer> {
  const silenceMs = settings.relaySilenceSeconds * second;
  const answer = await callProvider({
    url: providerUrl(service, path + query),
    method: request.method,
    headers: requestHeaders(request.headers, service, key),
    body,
    silenceMs,
    deadline,
    now: clock.now(),
  });
  if (!canPass(answer)) {
    answer.destroy();
    throw new ProviderFailure('broken');
  }
  const status = answer.statusCode!;
  return {
    status,
    headers: answerHeaders(answer.headers, service, key),
    body: answerBody({
      answer,
      key,
      silenceMs,
      onEnd: (ending) => onEnd({ status, ...ending }),
      onBroken: () => log.warn('relay.broken', { provider: name }),
      eventOf: (failure, hasBody) =>
        providerErrorEvent(
          service,
          path,
          describe(
            failureOf(failure, service, settings, isAnswered({ status, hasBody, failure })),
            request.locale,
            request.id,
          ),
          request.locale,
        ),
    }),
  };
}
