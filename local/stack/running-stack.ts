import type { CallRecord } from '../gateway/records.ts';
import type { FaultRequest, Hold } from '../gateway/faults.ts';
import type { ShiftedClock } from '../base/clock.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { FailedEvent } from '../host/failure-queue.ts';
import type { LogLine } from '../host/host.ts';
import type { Datum } from '../host/metrics.ts';
import type { StoredMail } from '../ses/mailbox.ts';
import type { Provider } from '../provider/provider.ts';

export interface StackOptions {
  /** Directory of the synthesized templates. */
  assembly: string;
  /** `dynoxide`, `dynamodb-local` or the URL of an engine; undefined: whichever is here. */
  store?: string | undefined;
  /** Where data is kept; without it, in memory. */
  dataDir?: string | undefined;
  /** Port of the app, or the next free one; 0, the default, is any. The inbox takes the port after it, if it is free. */
  port?: number;
  /** How many times as long as in AWS functions and routes may take, on a machine that others keep busy; 1 without it. */
  timeoutFactor?: number;
  /** Stands before table names, so that stacks can share an engine. */
  prefix?: string;
  /** Built-in services that are routed to the stand-in unless the template has them elsewhere; all, without it. */
  standIn?: readonly string[];
  /** Takes each line of the functions' logs as it is written. */
  onLog?: (line: LogLine) => void;
}

/** A running stack: Latchkey as deployed, on this machine. */
export interface Stack {
  /** Addresses, such as http://localhost:4800. */
  app: string;
  inbox: string;
  /** Of the function that streams; null where the template has none. */
  relay: string | null;
  control: string;
  /** Lambda's Invoke, for what people with AWS credentials do in a deployment. */
  lambda: string;
  /** Endpoint of all AWS calls of functions; a caller is known by an access key id that is a function's logical id. */
  aws: string;
  /** Name of the DynamoDB engine. */
  engine: string;
  clock: ShiftedClock;
  /** Stands for the providers behind the built-in services. */
  provider: Provider;
  /** Ids of all functions. */
  functions: readonly string[];
  /** Invokes a function by its id; its failure is thrown as FunctionFailure. */
  invoke(id: string, payload?: unknown): Promise<unknown>;
  /** Resolves when everything that streams, schedules and mail events have started is done. */
  settle(): Promise<void>;
  /** Begins the periods of all schedules anew: none ends by itself before its first one is over. */
  restartSchedules(): void;
  /** Replaces the faults that the gateway injects. */
  faults(list: readonly FaultRequest[]): void;
  /** Lets each AWS call wait until `decide` resolves, so that tests choose the order in which concurrent requests are served; undefined to let all pass. */
  hold(decide: Hold | undefined): void;
  /** AWS calls of all functions, oldest first. */
  calls(): readonly CallRecord[];
  clearCalls(): void;
  logs(): readonly LogLine[];
  /** What CloudWatch would have been told, oldest first. */
  metrics(): readonly Datum[];
  /** What functions failed at for good, as it lies in the queue that the template says. */
  failed(): readonly FailedEvent[];
  /** Mails that were sent, newest last. */
  mails(to?: string): StoredMail[];
  /** Says how many mails SES lets the account send in a day. */
  setMailQuota(mostInDay: number): void;
  /** Every item of every table in DynamoDB's JSON, by the table's name in the code, once what is under way is done, such as mails. */
  dumpTables(): Promise<Record<string, Record<string, unknown>[]>>;
  /**
   * Changes settings of the running functions as a deployment does, over those of the template; `{}` goes back to it.
   * Only what functions read changes: nothing of the template does.
   */
  deploy(changes: Partial<Settings>): void;
  /** Lets the next event of a function be a cold start, which has nothing in its memory. */
  restart(functionId: string): void;
  /** Takes an action such as `dynamodb:PutItem` from a function's policy; the answer gives it back. */
  removeGrant(functionId: string, action: string): () => void;
  /** What functions have used of their policies since the start, in lines such as `me-read dynamodb:BatchGetItem table/users`. */
  usedPermissions(): ReadonlySet<string>;
  /** Takes an action such as `kms:GenerateMac` from the policy of a key, by its name in the code; the answer gives it back. */
  removeFromKeyPolicy(key: string, action: string): () => void;
  /** Adds a caller that may use every table and key, for work that no route does; answers its environment. */
  insider(): Record<string, string>;
  /**
   * Takes a stack that is kept in memory back to its beginning: no rows, mails, logs and records, the present time and the
   * template's settings. Keys stay, and functions stay warm, with what they keep in their memory.
   */
  reset(): Promise<void>;
  stop(): Promise<void>;
}
