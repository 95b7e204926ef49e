import { Readable } from 'node:stream';
import middy from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';
import { makePorts } from '../deployment/capability.ts';
import { admit } from './admit.ts';
import { mapErrors } from './map-errors.ts';
import { readBytes } from './read-body.ts';
import { requestContext } from './request-context.ts';
import { securityHeaders } from './security-headers.ts';
import type { cors as corsStep } from './cors.ts';
import type { ChainContext, Event } from './step.ts';
import { clock, second } from '../clock.ts';
import { readConfig } from '../deployment/config.ts';
import { fail } from '../errors/failure.ts';
import type { Stream, StreamAnswer } from '../operation/stream.ts';

/** Time reserved for the work at the end of a stream that reaches its Lambda's timeout, and for an error's answer. */
const reserveMs = 10 * second;
const errorReserveMs = 2 * second;

/**
 * The Lambda handler of a stream: the steps of the request chain that every answer needs, around its `run`.
 * @param cors the step of this name, if the declaration asks for it.
 */
export function streamLambda(id: string, declaration: Stream, cors?: typeof corsStep) {
  const config = readConfig();
  const ports = makePorts(declaration.uses, config);
  const baseContext = { clock, settings: config.settings, origin: config.origin, fail, ...ports };
  const run = declaration.run as (context: object) => Promise<StreamAnswer>;
  const runtime = { id, operation: declaration, config, clock };

  return middy({
    executionMode: executionModeStreamifyResponse,
    timeoutEarlyInMillis: errorReserveMs,
    timeoutEarlyResponse: () => fail('busy'),
  })
    .use([
      requestContext(runtime),
      securityHeaders(runtime),
      ...(cors ? [cors(runtime)] : []),
      mapErrors(runtime),
      admit(runtime),
    ])
    .handler(async (event: Event, context: ChainContext) => {
      const { request, log } = context.exchange;
      const {
        status,
        headers,
        body: answer,
      } = await run({
        ...baseContext,
        request,
        log,
        query: event.rawQueryString ? `?${event.rawQueryString}` : '',
        body: readBytes(event),
        deadline: clock.now() + context.getRemainingTimeInMillis() - reserveMs,
      });
      return { statusCode: status, headers, body: Readable.from(answer) };
    });
}
