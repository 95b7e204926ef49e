import { Logger } from '@aws-lambda-powertools/logger';

/**
 * Everything a log line can hold. A line is built from these fields alone, never from a request, a row or an
 * error's message, so that no password, token, code or key can get into it (R4.9).
 */
const listed = [
  'requestId',
  'awsRequestId',
  'route',
  'status',
  'code',
  'milliseconds',
  'address',
  'userId',
  'app',
  'sessionId',
  'inviteId',
  'mailId',
  'messageId',
  'outcome',
  /** The service of an API key. The logger keeps the word `service` for the function. */
  'provider',
  'count',
  /** Name of the thrown error, and the functions it came through. */
  'exception',
  'frames',
] as const;
type Fields = Partial<Record<(typeof listed)[number], string | number | readonly string[]>>;

export interface Log {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

const pick = (fields: Fields): Fields =>
  Object.fromEntries(listed.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]));

/** What writes the lines of an operation, which carry its id. Made once: making it costs a fifth of an AWS call. */
export const createLogger = (operation: string): Logger => new Logger({ serviceName: operation });

/** A log whose lines all carry `common`. */
export function createLog(logger: Logger, common: Fields = {}): Log {
  const line = (fields: Fields = {}) => pick({ ...common, ...fields });
  return {
    info: (event, fields) => logger.info(event, line(fields)),
    warn: (event, fields) => logger.warn(event, line(fields)),
    error: (event, fields) => logger.error(event, line(fields)),
  };
}

/** Says which error it was and where, but not its message, which may quote the input. */
export function traceOf(error: unknown): Fields {
  if (!(error instanceof Error)) return { exception: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const { requestId } = (error as { $metadata?: { requestId?: string } }).$metadata ?? {};
  return {
    exception: error.name,
    frames: frames.slice(0, 8).map((line) => line.trim()),
    ...(requestId && { awsRequestId: requestId }),
  };
}
