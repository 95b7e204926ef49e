import type * as z from 'zod/mini';
import type { Capability } from '../deployment/capability.ts';
import type { ErrorCode } from '../errors/table.ts';
import type { Answer } from '../http/answer.ts';
import type { Parameters } from '../http/parameters.ts';
import type { Context, Operation, RateLimit, ShowProblem } from './operation.ts';

type None = z.ZodMiniUndefined;

interface Declaration<
  Uses extends readonly Capability[],
  Errors extends readonly ErrorCode[],
  Who extends 'public' | 'optional',
> {
  summary: string;
  method: 'GET' | 'POST';
  /** Whether a GET may also be sent as a POST, with its parameters in a form's body. */
  alsoPost?: true;
  path: `/${string}`;
  auth: Who;
  cors?: 'apps';
  uses: Uses;
  errors: Errors;
  rate: readonly RateLimit[];
  /** Shows the chain's own errors, such as that of a limit, in the protocol's form. */
  showProblem: ShowProblem;
  ifLost?: null;
  run(context: Context<None, None, None, Uses, Errors, Who> & { parameters: Parameters }): Promise<Answer>;
}

/**
 * Declares an endpoint of a standard protocol, such as OAuth. It takes parameters by query or form, and shapes its own
 * answers. Pages of other origins may lead to it, so it must itself prevent what those pages must not do.
 */
export const endpoint = <
  const Uses extends readonly Capability[],
  const Errors extends readonly ErrorCode[],
  const Who extends 'public' | 'optional',
>(
  declaration: Declaration<Uses, Errors, Who>,
): Operation => ({ kind: 'endpoint', ...declaration }) as Operation;
