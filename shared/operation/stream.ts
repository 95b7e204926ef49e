import type { Capability, Ports } from '../deployment/capability.ts';
import type { Clock } from '../clock.ts';
import type { Fail } from '../errors/failure.ts';
import type { ErrorCode } from '../errors/table.ts';
import type { Request } from '../http/request.ts';
import type { Log } from '../aws/log.ts';
import type { ShowProblem } from './operation.ts';
import type { Settings } from '../deployment/settings.ts';

/** An answer whose body is sent as it is produced. */
export interface StreamAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** An error thrown here breaks the answer off, so that no client takes a part of it for the whole. */
  body: AsyncIterable<Uint8Array>;
}

type StreamContext<Uses extends readonly Capability[], Errors extends readonly ErrorCode[]> = Ports<Uses> & {
  clock: Clock;
  settings: Settings;
  /** Scheme, host and port of this deployment's pages and API. */
  origin: string;
  request: Request;
  /** The query as it was sent, with its `?`; empty if there is none. */
  query: string;
  /** The request's body, byte for byte; undefined if AWS did not hand it over unchanged. */
  body: Buffer | undefined;
  /** When the whole answer must be over, in milliseconds on the clock. */
  deadline: number;
  log: Log;
  fail: Fail<Errors[number]>;
};

interface Declaration<Uses extends readonly Capability[], Errors extends readonly ErrorCode[]> {
  summary: string;
  /** Whose pages may call it from a browser. */
  cors?: 'apps';
  uses: Uses;
  errors: Errors;
  showProblem: ShowProblem;
  run(context: StreamContext<Uses, Errors>): Promise<StreamAnswer>;
}

/** A declared stream as `infra` and its Lambda entry see it. */
export interface Stream {
  kind: 'stream';
  summary: string;
  cors?: 'apps';
  uses: readonly Capability[];
  errors: readonly ErrorCode[];
  showProblem: ShowProblem;
  run(context: never): Promise<StreamAnswer>;
}

/**
 * Declares a function with an address of its own (a Lambda function URL). It answers all requests there and streams its
 * answers, which an HTTP API cannot; otherwise like `operation`.
 */
export function stream<const Uses extends readonly Capability[], const Errors extends readonly ErrorCode[]>(
  declaration: Declaration<Uses, Errors>,
): Stream {
  return { kind: 'stream', ...declaration };
}
