import middy from '@middy/core';
import { makePorts } from '../deployment/capability.ts';
import { admit } from './admit.ts';
import { authenticate } from './authenticate.ts';
import { confirmSession } from './confirm-session.ts';
import { keepSession } from './keep-session.ts';
import { limitRate } from './limit-rate.ts';
import { mapErrors } from './map-errors.ts';
import { parseInput } from './parse-input.ts';
import { requestContext } from './request-context.ts';
import { sameOrigin } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';
import { shapeResponse } from './shape-response.ts';
import { sizeAndType } from './size-and-type.ts';
import type { cors as corsStep } from './cors.ts';
import type { ChainContext, Event, Runtime } from './step.ts';
import { clock } from '../clock.ts';
import { readConfig } from '../deployment/config.ts';
import { fail } from '../errors/failure.ts';
import type { Needs } from '../operation/chain-needs.ts';
import type { Operation } from '../operation/operation.ts';

/** Time reserved for the answer when an operation reaches its Lambda's timeout. */
const reserveMs = 500;

/**
 * The Lambda handler of an operation: one chain, the same for all, around its `run`.
 * @param needs the capabilities that the chain needs for this declaration, by `needsOf`. The generated entry imports
 * them, so that a bundle contains no AWS client that its operation does not use.
 * @param maxBodyKibibytes the longest body that any route of the operation takes, derived from its fields.
 * @param cors the step of this name, if the declaration asks for it.
 */
export function lambda(
  id: string,
  operation: Operation,
  needs: Needs,
  maxBodyKibibytes: number,
  cors?: typeof corsStep,
) {
  const config = readConfig();
  const ports = makePorts([...operation.uses, ...Object.values(needs)], config);
  const runtime: Runtime = { id, operation, maxBodyKibibytes, config, clock, ports };
  const baseContext = { clock, settings: config.settings, origin: config.origin, fail, ...ports };
  const run = operation.run as (context: object) => Promise<unknown>;

  return middy({ timeoutEarlyInMillis: reserveMs, timeoutEarlyResponse: () => fail('busy') })
    .use([
      requestContext(runtime),
      securityHeaders(runtime),
      ...(cors ? [cors(runtime)] : []),
      mapErrors(runtime),
      sizeAndType(runtime),
      admit(runtime),
      limitRate(runtime, 'address'),
      parseInput(runtime),
      authenticate(runtime),
      sameOrigin(runtime),
      keepSession(runtime),
      confirmSession(runtime),
      limitRate(runtime, 'user'),
      shapeResponse(runtime),
    ])
    .handler((_event: Event, { exchange }: ChainContext) => {
      const { input, caller, request, log, cookies, nearLimit } = exchange;
      exchange.hasBegun = true;
      return run({ ...baseContext, ...input, caller, request, log, cookies, nearLimit });
    });
}
