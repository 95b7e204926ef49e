import { Failure } from '../errors/failure.ts';
import { lostAnswers, undecided } from '../errors/lost-answers.ts';
import { describe, retryAfter } from '../errors/problem.ts';
import { unprovenDevice } from '../errors/unproven-device.ts';
import { bearerChallenge, type Answer } from '../http/answer.ts';
import { bearerToken } from '../sessions/session-cookie.ts';
import { lastOfEach } from '../http/cookies.ts';
import { traceOf } from '../aws/log.ts';
import type { Exchange, Runtime, Step } from './step.ts';

type Shown = Partial<Pick<Runtime['operation'], 'method' | 'showProblem' | 'ifLost'>>;
type Showing = Pick<Runtime, 'config'> & { operation: Shown & { kind: string } };

/** Adds to a failure that the change may have been made all the same, if that is unknown (C115). */
function unsure(failure: Failure, { method, ifLost = lostAnswers.other }: Shown): Failure {
  if (method === 'GET' || ifLost === null || !undecided.has(failure.code)) return failure;
  return new Failure(failure.code, { explain: ifLost, ...failure.detail });
}

/** Rewords `device_mismatch` of a form that was sent before its page's script ran: the device may well be the right one. */
function unproven(failure: Failure, { form, request }: Exchange): Failure {
  if (failure.code !== 'device_mismatch' || !form || request.proof) return failure;
  return new Failure(failure.code, { ...unprovenDevice, ...failure.detail });
}

/** The challenge of a 401. It names a refused token as the reason (RFC 6750, 3.1). */
const challengeOf = ({ code }: Failure, { request }: Exchange): string =>
  code === 'unauthenticated' && bearerToken(request) !== undefined
    ? `${bearerChallenge}, error="invalid_token"`
    : bearerChallenge;

/** Turns whatever was thrown into an answer: declared errors by the table, anything else into `internal`. */
export function mapErrors({ operation, config }: Showing): Step {
  return {
    onError: (request) => {
      const { exchange } = request.context;
      const failure = request.error instanceof Failure ? request.error : new Failure('internal');
      const cause = failure === request.error ? failure.cause : request.error;
      if (cause !== undefined) exchange.log.error('failed', { code: failure.code, ...traceOf(cause) });
      else exchange.log.info('refused', { code: failure.code });

      const told = unproven(exchange.hasBegun ? unsure(failure, operation) : failure, exchange);
      const { form, request: asked } = exchange;
      const onPage =
        form !== undefined ||
        operation.kind === 'page' ||
        (asked.headers['accept'] ?? '').includes('text/html');
      const problem = describe(told, asked.locale, asked.id, onPage);
      const answer: Answer = form
        ? form.again(problem, exchange.fields ?? {}, asked, config.settings)
        : (operation.showProblem?.(problem, asked, config.settings) ?? {
            status: problem.status,
            headers: { 'content-type': 'application/problem+json' },
            body: JSON.stringify(problem),
          });
      exchange.reach = answer.reach;
      const wait = retryAfter(failure);
      request.response = {
        statusCode: answer.status,
        headers: {
          ...(answer.status === 401 && { 'www-authenticate': challengeOf(failure, exchange) }),
          ...answer.headers,
          ...(wait !== undefined && { 'retry-after': String(wait) }),
        },
        cookies: lastOfEach(exchange.cookies),
        body: answer.body,
      };
    },
  };
}
