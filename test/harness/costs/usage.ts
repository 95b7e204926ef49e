import type { CallRecord } from '#local/gateway/records.ts';
import { tables, type Table, type TableName } from '#shared/deployment/tables.ts';
import { assumed, prices } from './prices.ts';

/** The usage that AWS bills for one request or one run of a function. */
export interface Usage {
  apiRequests: number;
  invocations: number;
  gigabyteSeconds: number;
  writes: number;
  reads: number;
  keyCalls: number;
  logBytes: number;
  sentBytes: number;
  mails: number;
}

const tableOf = (resource: string): TableName => resource.split('/')[1] as TableName;

/** The write units of a row: it is smaller than a kilobyte, and each index of its table is written with it. */
const writesOf = (resource: string): number =>
  1 + Object.keys((tables[tableOf(resource)] as Table).indexes).length;

function unitsOf({ service, action, resources }: CallRecord): Partial<Usage> {
  if (service === 'kms') return { keyCalls: 1 };
  if (service === 'ses') return action === 'SendEmail' ? { mails: 1 } : {};
  if (action === 'Query' || action === 'GetItem' || action === 'BatchGetItem')
    return { reads: resources.length };
  const writes = resources.reduce((sum, resource) => sum + writesOf(resource), 0);
  return { writes: action === 'TransactWriteItems' ? 2 * writes : writes };
}

interface Observed {
  calls: readonly CallRecord[];
  memoryMb: number;
  /** Passwords hashed. */
  hashes: number;
  /** Bytes of the function's own lines. */
  logBytes: number;
  /** Bytes of the answer's body; undefined if no request started the run. */
  answerBytes?: number | undefined;
}

/** The usage that AWS would bill for a run that was observed on the local stack. */
export function usageOf({ calls, memoryMb, hashes, logBytes, answerBytes }: Observed): Usage {
  const ms = assumed.workMs + calls.length * assumed.callMs + hashes * assumed.hashMs;
  const isRequest = answerBytes !== undefined;
  const sum = (unit: 'writes' | 'reads' | 'keyCalls' | 'mails') =>
    calls.reduce((total, call) => total + (unitsOf(call)[unit] ?? 0), 0);
  return {
    apiRequests: isRequest ? 1 : 0,
    invocations: 1,
    gigabyteSeconds: (memoryMb / 1_024) * (ms / 1_000),
    writes: sum('writes'),
    reads: sum('reads'),
    keyCalls: sum('keyCalls'),
    mails: sum('mails'),
    logBytes: logBytes + assumed.lambdaLogBytes + (isRequest ? assumed.accessLogBytes : 0),
    sentBytes: isRequest ? answerBytes + assumed.headBytes : 0,
  };
}

const gigabyte = 1_000_000_000;

/** US dollars. */
export const costOf = (usage: Usage): number =>
  usage.apiRequests * prices.apiRequest +
  usage.invocations * prices.lambdaRequest +
  usage.gigabyteSeconds * prices.lambdaGigabyteSecond +
  usage.writes * prices.tableWrite +
  usage.reads * prices.tableRead +
  usage.keyCalls * prices.keyCall +
  usage.mails * prices.mail +
  (usage.logBytes / gigabyte) * prices.logGigabyte +
  (usage.sentBytes / gigabyte) * prices.sentGigabyte;
