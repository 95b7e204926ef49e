import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Ports } from '../deployment/capability.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import type { Reach } from '../http/answer.ts';
import type { Parameters } from '../http/parameters.ts';
import type { Request } from '../http/request.ts';
import type { Log } from '../aws/log.ts';
import type * as chain from '../operation/chain-capabilities.ts';
import type { Form } from '../operation/form.ts';
import type { Operation } from '../operation/operation.ts';
import type { MatchedToken } from '../sessions/match-token.ts';
import type { UserSession } from '../sessions/session.ts';

/** A function's fixed context, made once per Lambda instance. */
export interface Runtime {
  id: string;
  operation: Operation;
  /** Longest body that is read. */
  maxBodyKibibytes: number;
  config: Config;
  clock: Clock;
  ports: Partial<Ports<readonly (typeof chain)[keyof typeof chain][]>>;
}

/**
 * Whether a request has come through the deployment's proxy. `none`: there is no proxy. `bypassed`: the request lacks the proxy's
 * headers. `verified`: with the proxy's headers and its secret. `unverified`: with either header, but without a valid secret or address.
 */
export type ProxyCheck = 'none' | 'bypassed' | 'verified' | 'unverified';

/** A caller, and which of their session's tokens they showed; absent if they showed an access token. */
export type Identity = UserSession & { matchedToken?: MatchedToken };

/** What the chain's steps know about one request. */
export interface Exchange {
  request: Request;
  log: Log;
  /** `Set-Cookie` values of the answer. */
  cookies: string[];
  /** The page's form that sent the request, and its fields. */
  form?: Form;
  fields?: Record<string, string>;
  /** Filled by `parseInput`, checked. */
  input: { params?: unknown; query?: unknown; body?: unknown; parameters?: Parameters };
  proxyCheck: ProxyCheck;
  /** Set with the answer if that is a page. */
  reach?: Reach | undefined;
  /** Set by `limitRate`. */
  nearLimit: boolean;
  /** Filled by `authenticate`. */
  caller?: Identity;
  /** Whether the operation itself has begun, so that it may have changed something. */
  hasBegun?: true;
}

export type Event = APIGatewayProxyEventV2;
export type Result = APIGatewayProxyStructuredResultV2;

/** Lambda's context, which carries the exchange from step to step. */
export type ChainContext = Context & { exchange: Exchange };

/** One step of the chain, as middy takes it. */
export type Step = MiddlewareObj<Event, Result, Error, ChainContext>;
