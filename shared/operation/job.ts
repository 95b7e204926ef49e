import type { Capability, Ports } from '../deployment/capability.ts';
import type { Clock } from '../clock.ts';
import type { TableName } from '../deployment/tables.ts';
import type { Log } from '../aws/log.ts';
import type { Settings } from '../deployment/settings.ts';

/**
 * What starts a job: new rows of a table (`only`: those with these attributes), the clock, a report by SES, or an
 * operator with AWS credentials.
 */
export type Trigger =
  | { stream: TableName; only?: Readonly<Record<string, string>> }
  | { everyMinutes: number }
  | 'feedback'
  | 'invocation';

type JobContext<Uses extends readonly Capability[]> = Ports<Uses> & {
  /** The event that Lambda hands over. */
  event: unknown;
  clock: Clock;
  settings: Settings;
  origin: string;
  log: Log;
};

interface Declaration<Uses extends readonly Capability[]> {
  summary: string;
  trigger: Trigger;
  uses: Uses;
  run(context: JobContext<Uses>): Promise<unknown>;
}

/** A declared job as `infra` and its Lambda entry see it. */
export interface Job {
  kind: 'job';
  summary: string;
  trigger: Trigger;
  uses: readonly Capability[];
  run(context: never): Promise<unknown>;
}

/** Declares an operation that no HTTP request starts; otherwise like `operation`. */
export function job<const Uses extends readonly Capability[]>(declaration: Declaration<Uses>): Job {
  return { kind: 'job', ...declaration };
}
