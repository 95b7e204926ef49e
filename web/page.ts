import type * as z from 'zod/mini';
import type { Capability } from '#shared/deployment/capability.ts';
import type { ErrorCode } from '#shared/errors/table.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { seeOther, type Answer } from '#shared/http/answer.ts';
import { entrance } from '#shared/sessions/entrance.ts';
import type { Request } from '#shared/http/request.ts';
import type { Context, Operation, RateLimit, ShowProblem } from '#shared/operation/operation.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { problemPage } from './pages/problem.ts';
import { withNext } from './wanted-page.ts';

type Schema = z.ZodMiniType;

interface Declaration<
  Params extends Schema,
  Query extends Schema,
  Uses extends readonly Capability[],
  Errors extends readonly ErrorCode[],
  Who extends 'public' | 'optional' | 'session',
> {
  summary: string;
  path: `/${string}`;
  auth: Who;
  params?: Params;
  query?: Query;
  uses: Uses;
  errors: Errors;
  rate: readonly RateLimit[];
  /** How its errors are shown, if not on the page of problems. */
  showProblem?: ShowProblem;
  run(context: Context<Params, Query, z.ZodMiniUndefined, Uses, Errors, Who>): Promise<Answer>;
}

function showProblem(problem: Problem, request: Request, settings: Settings): Answer {
  if (problem.code !== 'unauthenticated') return problemPage(problem, request, settings);
  // The user comes back to the path after signing in (R4.6). The query is left out: it may hold anything pasted into the address.
  return seeOther(withNext(entrance(settings), request.path));
}

/** Declares a page: like `operation`, but GET and HEAD, and its answers are HTML. */
export function page<
  const Uses extends readonly Capability[],
  const Errors extends readonly ErrorCode[],
  const Who extends 'public' | 'optional' | 'session',
  Params extends Schema = z.ZodMiniUndefined,
  Query extends Schema = z.ZodMiniUndefined,
>(declaration: Declaration<Params, Query, Uses, Errors, Who>): Operation {
  return { kind: 'page', method: 'GET', showProblem, ...declaration } as Operation;
}
