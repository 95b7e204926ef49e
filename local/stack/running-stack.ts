import type { CallRecord } from '../gateway/records.ts';
import type { FaultRequest, Hold } from '../gateway/faults.ts';
import type { ShiftedClock } from '../base/clock.ts';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import type { FailedEvent } from '../host/failure-queue.ts';
import type { LogLine } from '../host/host.ts';
import type { Datum } from '../host/metrics.ts';
import type { StoredMail } from '../ses/mailbox.ts';
import type { Provider } from '../provider/provider.ts';

export interface StackOptions {
  /** Directory of the synthesized templates. */
  assembly: string;
  /** `dynoxide`, `dynamodb-local` or the URL of an engine. If undefined, the first one available here. */
  store?: string | undefined;
  /** The data directory. If absent, the data is in memory. */
  dataDir?: string | undefined;
  /** Port of the app, or the next free one; 0, the default, is any free port. The inbox takes the next port, if it is free. */
  port?: number;
  /** The factor on the timeouts of functions and routes, for a busy machine; 1 if absent. */
  timeoutFactor?: number;
  /** A prefix of table names, so that stacks can share an engine. */
  prefix?: string;
  /** Built-in services that are routed to the stand-in unless the template has another address for them. If absent, all of them. */
  standIn?: readonly string[];
  /** Takes each line of the functions' logs as it is written. */
  onLog?: (line: LogLine) => void;
}

/** A running stack: Latchkey as deployed, on this machine. */
export interface Stack {
  /** Addresses, such as http://localhost:4800. */
  app: string;
  inbox: string;
  /** Address of the function that streams; null if the template has none. */
  relay: string | null;
  control: string;
  /** Address of Lambda's Invoke, for the actions of people with AWS credentials in a deployment. */
  lambda: string;
  /** Endpoint of all AWS calls of functions. A caller's access key id is the function's logical id. */
  aws: string;
  /** Name of the DynamoDB engine. */
  engine: string;
  clock: ShiftedClock;
  /** The stand-in for the providers of the built-in services. */
  provider: Provider;
  /** Ids of all functions. */
  functions: readonly string[];
  /** Invokes a function by its id. Throws FunctionFailure if the function fails. */
  invoke(id: string, payload?: unknown): Promise<unknown>;
  /** Resolves when all work that streams, schedules and mail events have started is complete. */
  settle(): Promise<void>;
  /** Restarts the periods of all schedules, so that no schedule runs before one period has passed. */
  restartSchedules(): void;
  /** Replaces the faults that the gateway injects. */
  faults(list: readonly FaultRequest[]): void;
  /** Holds each AWS call until `decide` resolves, so that tests choose the order of concurrent requests; undefined holds none. */
  hold(decide: Hold | undefined): void;
  /** AWS calls of all functions, oldest first. */
  calls(): readonly CallRecord[];
  clearCalls(): void;
  logs(): readonly LogLine[];
  /** The data that CloudWatch would have received, oldest first. */
  metrics(): readonly Datum[];
  /** The events whose last try failed, as in the failure queue of the template. */
  failed(): readonly FailedEvent[];
  /** Mails that were sent, newest last. */
  mails(to?: string): StoredMail[];
  /** Sets how many mails SES lets the account send in 24 hours. */
  setMailQuota(mostInDay: number): void;
  /** Every item of every table in DynamoDB's JSON, by the table's name in the code, once work under way, such as mails, is complete. */
  dumpTables(): Promise<Record<string, Record<string, unknown>[]>>;
  /**
   * Changes settings of the running functions as a deployment does, on top of the template's settings. `{}` restores the
   * template's. Only settings that functions read change; the template's resources do not.
   */
  deploy(changes: Partial<DeploymentSettings>): void;
  /** Makes the next event of a function a cold start, with nothing in its memory. */
  restart(functionId: string): void;
  /** Removes an action such as `dynamodb:PutItem` from a function's policy. The returned function restores it. */
  removeGrant(functionId: string, action: string): () => void;
  /** The permissions that functions have used since the start, in lines such as `me-read dynamodb:BatchGetItem table/users`. */
  usedPermissions(): ReadonlySet<string>;
  /** Removes an action such as `kms:GenerateMac` from the policy of a key, named as in the code. The returned function restores it. */
  removeFromKeyPolicy(key: string, action: string): () => void;
  /** Adds a caller that may use every table and key, for work that no route does. Returns the caller's environment. */
  insider(): Record<string, string>;
  /**
   * Resets a stack without a data directory: no rows, mails, logs and records, the present time and the template's settings.
   * Keys stay, and functions stay warm, with the contents of their memory.
   */
  reset(): Promise<void>;
  stop(): Promise<void>;
}
