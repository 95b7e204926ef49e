import { isObject } from '#local/base/is-object.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { auditPartitions } from '#shared/audit/write-audit.ts';
import { tables, type Table, type TableName } from '#shared/deployment/tables.ts';

/** The use of AWS by one request, including the jobs that follow from it. */
export interface Use {
  calls: number;
  keyCalls: number;
  mails: number;
  hashes: number;
  /** Write units of each table, and of each partition that it writes to: `users.byEmail user`. */
  tables: Map<string, number>;
  partitions: Map<string, number>;
}

type Item = Record<string, { S?: string; N?: string }>;
type Dump = Awaited<ReturnType<Stack['dumpTables']>>;

/** A row as text with sorted attributes, because the engine returns them in any order. */
const inOrder = (row: object): string =>
  JSON.stringify(row, (_, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).toSorted()) : value,
  );

/** Rows of a table by their keys, as texts that show whether a row has changed. */
function byKey(name: string, rows: readonly object[]): Map<string, string> {
  const { partition, sort = {} } = tables[name as TableName] as Table;
  const keys = [...Object.keys(partition), ...Object.keys(sort)];
  return new Map(
    rows.map((row) => [keys.map((key) => JSON.stringify((row as Item)[key])).join(), inOrder(row)]),
  );
}

const units = (row: string): number => Math.ceil(Buffer.byteLength(row) / 1_024);

/** A day's audit entries are spread over shards. The shard of an entry is random. */
const withoutShard = (value: string): string => value.replace(/^(\d{4}-\d\d-\d\d)#\d$/, '$1');
export const shardsOf = (partition: string): number =>
  /^audit \d{4}-\d\d-\d\d$/.test(partition) ? auditPartitions('').length : 1;

const add = (sums: Map<string, number>, name: string, more: number): void =>
  void sums.set(name, (sums.get(name) ?? 0) + more);

/** Adds the write units of a row: twice for the row itself, because it is written in a transaction, and once for each index. */
function addWrite({ tables: ofTables, partitions }: Use, name: string, row: string): void {
  const { partition, indexes } = tables[name as TableName] as Table;
  const item = JSON.parse(row) as Item;
  const valueOf = (key: string | undefined) => item[key ?? '']?.S ?? item[key ?? '']?.N;
  add(ofTables, name, 2 * units(row));
  add(partitions, `${name} ${withoutShard(valueOf(Object.keys(partition)[0]) ?? '')}`, 2 * units(row));
  for (const [index, keys] of Object.entries(indexes)) {
    const value = valueOf(Object.keys(keys.partition)[0]);
    if (value !== undefined && valueOf(Object.keys(keys.sort)[0]) !== undefined)
      add(partitions, `${name}.${index} ${value}`, units(row));
  }
}

function addWrites(use: Use, before: Dump, after: Dump): void {
  for (const [name, rows] of Object.entries(after)) {
    // Each of its rows belongs to one address or account.
    if (name === 'counters') continue;
    const known = byKey(name, before[name] ?? []);
    for (const [key, row] of byKey(name, rows)) if (known.get(key) !== row) addWrite(use, name, row);
  }
}

/** Records the AWS calls of an act, and the rows that it writes. */
export async function recordUse(stack: Stack, act: () => Promise<unknown>): Promise<Use> {
  const before = await stack.dumpTables();
  stack.clearCalls();
  await act();
  const after = await stack.dumpTables();
  const calls = stack.calls();
  const keys = calls.filter(({ service }) => service === 'kms');
  const use: Use = {
    calls: calls.length,
    keyCalls: keys.length,
    mails: calls.filter(({ action }) => action === 'SendEmail').length,
    hashes: keys.filter(({ resources }) => resources.includes('key/pepper')).length,
    tables: new Map(),
    partitions: new Map(),
  };
  addWrites(use, before, after);
  return use;
}

/** `one` with only the partitions that `other`, the same act of another person, also writes to: those that all people share. */
export const shared = (one: Use, other: Use): Use => ({
  ...one,
  partitions: new Map([...one.partitions].filter(([name]) => other.partitions.has(name))),
});
