import { Logger } from '@aws-lambda-powertools/logger';
import { createMeter, metricOf, type MetricName } from './metrics.ts';

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
  /** Name of a KMS key in the code. */
  'keyName',
  /** Name of the thrown error, and its stack frames. */
  'exception',
  'frames',
] as const;
type Fields = Partial<Record<(typeof listed)[number], string | number | readonly string[]>>;

export interface Log {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
  /** Writes a value of a metric that no event of the log counts. */
  measure(name: MetricName, value: number): void;
}

const pick = (fields: Fields): Fields =>
  Object.fromEntries(listed.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]));

interface Writers {
  logger: Logger;
  meter: ReturnType<typeof createMeter>;
}

/**
 * Makes the writers of an operation's log lines, which carry its id, and of its metrics. Made once: it costs a fifth of an AWS call.
 * @param deployment its name.
 */
export const createLogger = (operation: string, deployment: string): Writers => ({
  logger: new Logger({ serviceName: operation }),
  meter: createMeter(deployment),
});

/** A log whose lines all carry `common`. Lines that an alarm watches are also counted in a metric. */
export function createLog({ logger, meter }: Writers, common: Fields = {}): Log {
  const writer =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, fields: Fields = {}): void => {
      logger[level](event, pick({ ...common, ...fields }));
      const metric = metricOf(event, fields);
      if (metric) meter(metric, 1);
    };
  return { info: writer('info'), warn: writer('warn'), error: writer('error'), measure: meter };
}

/** The name and the stack of an error, without its message, which may quote the input. */
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
