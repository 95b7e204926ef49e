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
import type { Identity } from './identity.ts';

/** A function's fixed context, made once per Lambda instance. */
export interface Runtime {
  id: string;
  operation: Operation;
  /** Longest body that is looked at. */
  maxBodyKibibytes: number;
  config: Config;
  clock: Clock;
  ports: Partial<Ports<readonly (typeof chain)[keyof typeof chain][]>>;
}

/**
 * How a request has come: without a proxy, where there is none (`direct`) or past the one that there is (`astray`); by what has the
 * proxy's headers, and its secret (`proven`) or not (`unproven`).
 */
export type Way = 'direct' | 'astray' | 'proven' | 'unproven';

/** What one request gathers on its way through the chain. */
export interface Exchange {
  request: Request;
  log: Log;
  /** `Set-Cookie` values of the answer. */
  cookies: string[];
  /** By which form of a page the request was sent, and what that held. */
  form?: Form;
  fields?: Record<string, string>;
  /** Filled by `parseInput`, checked. */
  input: { params?: unknown; query?: unknown; body?: unknown; parameters?: Parameters };
  way: Way;
  /** Set with the answer, where that is a page. */
  reach?: Reach | undefined;
  /** Set by `limitRate`. */
  crowded: boolean;
  /** Filled by `authenticate`. */
  caller?: Identity;
  /** Whether the operation itself has begun, so that it may have changed something. */
  hasBegun?: true;
}

export type Event = APIGatewayProxyEventV2;
export type Result = APIGatewayProxyStructuredResultV2;

/** Lambda's context, on which the chain hands the exchange from step to step. */
export type ChainContext = Context & { exchange: Exchange };

/** One step of the chain, as middy takes it. */
export type Step = MiddlewareObj<Event, Result, Error, ChainContext>;
