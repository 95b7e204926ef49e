import type * as z from 'zod/mini';
import type { Capability, Ports } from '../deployment/capability.ts';
import type { Clock } from '../clock.ts';
import type { UserSession } from '../sessions/session.ts';
import type { Duration } from '../duration.ts';
import type { Fail } from '../errors/failure.ts';
import type { Problem } from '../errors/problem.ts';
import type { ErrorCode } from '../errors/table.ts';
import type { Answer } from '../http/answer.ts';
import type { Csv } from '../http/csv.ts';
import type { Request } from '../http/request.ts';
import type { Text } from '../locale.ts';
import type { Log } from '../aws/log.ts';
import type { Settings } from '../deployment/settings.ts';
import type { Form } from './form.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call: everyone (`optional`: signed in or not), signed-in users, signed-in users who are verified (`isVerified`),
 * or administrators (`mayAdminister`).
 */
export type Auth = 'public' | 'optional' | 'session' | 'verified' | 'admin';

/** At most `limit` calls of the operation in each window, per caller's address (IPv6: per /64) or per user. Some limits are settings. */
export interface RateLimit {
  per: 'address' | 'user';
  limit: number | ((settings: Settings) => number);
  window: Duration;
  /** From this call of a window on, `run` sees `nearLimit`, and may ask for a captcha. */
  captchaFrom?: number;
}

type Schema = z.ZodMiniType;

/** The part of the context that every `run` receives. */
interface CommonContext<Errors extends readonly ErrorCode[]> {
  clock: Clock;
  settings: Settings;
  /** Scheme, host and port of this deployment's pages. */
  origin: string;
  request: Request;
  log: Log;
  /** `Set-Cookie` values that go with the answer, an error's included. */
  cookies: string[];
  /** Whether one of the operation's limits has come near (`captchaFrom`). */
  nearLimit: boolean;
  fail: Fail<Errors[number]>;
}

export type Context<
  Params extends Schema,
  Query extends Schema,
  Body extends Schema,
  Uses extends readonly Capability[],
  Errors extends readonly ErrorCode[],
  Who extends Auth,
> = CommonContext<Errors> &
  Ports<Uses> & {
    params: z.output<Params>;
    query: z.output<Query>;
    body: z.output<Body>;
    /** The signed-in user and session; undefined if `auth` is `public` or the caller is not signed in. */
    caller: Who extends 'public' ? undefined : Who extends 'optional' ? UserSession | undefined : UserSession;
  };

/** How an error is shown to a browser; undefined leaves it problem+json. */
export type ShowProblem = (problem: Problem, request: Request, settings: Settings) => Answer | undefined;

interface Declaration<
  Params extends Schema,
  Query extends Schema,
  Body extends Schema,
  Response extends Schema,
  Uses extends readonly Capability[],
  Errors extends readonly ErrorCode[],
  Who extends Auth,
> {
  /** One sentence for the OpenAPI document. */
  summary: string;
  method: Method;
  /** With `{name}` for each of `params`. `alsoAt` is a second path, if two standards each require their own. */
  path: `/${string}`;
  alsoAt?: `/${string}`;
  auth: Who;
  /** Whose pages, besides our own, may call it from a browser; never with cookies. */
  cors?: 'apps';
  /** Which bodies need a signed-in caller, if `auth` is `optional`. */
  wantsCaller?(body: z.output<Body>): boolean;
  params?: Params;
  query?: Query;
  body?: Body;
  /** The answer's body; fields that it does not name are left out. */
  response: Response;
  /** Status of success, 200 if absent; 204 sends no body. */
  status?: 200 | 201 | 202 | 204;
  /** The answer is a download with this file name. */
  filename?: string;
  /** How long any cache may keep the answer, which is the same for all callers. */
  cacheSeconds?: number;
  uses: Uses;
  errors: Errors;
  rate: readonly RateLimit[];
  /** Whether each use of a session is recorded, and not only one an hour. */
  recordsUse?: boolean;
  /** Whether the answer will set a session cookie, which requires that the caller's `Origin` is ours. */
  setsCookie?(body: z.output<Body>): boolean;
  /** Whether a browser must have signed in within the last ten minutes (`shared/chain/confirm-session.ts`), for all bodies or some. */
  confirms?: true | ((body: z.output<Body>) => boolean);
  forms?: readonly Form[];
  /** The same answer as CSV; `query` has the `format` that asks for it. */
  csv?: Csv<z.output<Response>>;
  showProblem?: ShowProblem;
  /** Added to an outage's answer, since the act may be done all the same; null if the act changes nothing or a program repeats it. */
  ifLost?: Text | null;
  run(context: Context<Params, Query, Body, Uses, Errors, Who>): Promise<z.input<Response>>;
}

/** A declared operation as `infra` and the request chain see it. */
export interface Operation {
  kind: 'operation' | 'page' | 'endpoint';
  summary: string;
  method: Method;
  alsoPost?: boolean;
  path: string;
  alsoAt?: string;
  auth: Auth;
  cors?: 'apps';
  wantsCaller?(body: unknown): boolean;
  params?: Schema;
  query?: Schema;
  body?: Schema;
  response?: Schema;
  status?: number;
  filename?: string;
  cacheSeconds?: number;
  uses: readonly Capability[];
  errors: readonly ErrorCode[];
  rate: readonly RateLimit[];
  recordsUse?: boolean;
  setsCookie?(body: unknown): boolean;
  confirms?: true | ((body: unknown) => boolean);
  forms?: readonly Form[];
  csv?: Csv<object>;
  showProblem?: ShowProblem;
  ifLost?: Text | null;
  run(context: never): Promise<unknown>;
}

/** The answer of an operation, for clients that import its type but none of its code. */
export type AnswerOf<Declared extends { response: Schema }> = z.output<Declared['response']>;

/**
 * Declares an HTTP operation, once, beside its code. Routes, permissions, checks and the OpenAPI document are derived
 * from the declaration; the operation's id is the file's path (`functions/invite/verify.ts` is `invite-verify`).
 */
export function operation<
  const Uses extends readonly Capability[],
  const Errors extends readonly ErrorCode[],
  const Who extends Auth,
  Response extends Schema,
  Params extends Schema = z.ZodMiniUndefined,
  Query extends Schema = z.ZodMiniUndefined,
  Body extends Schema = z.ZodMiniUndefined,
>(
  declaration: Declaration<Params, Query, Body, Response, Uses, Errors, Who>,
): Operation & { response: Response } {
  // Clients read the response's type. The chain takes any operation, and hands `run` only input that passed the schemas.
  return { kind: 'operation', ...declaration } as Operation & { response: Response };
}
