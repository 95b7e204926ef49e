import { isObject } from '#local/base/is-object.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { auditPartitions } from '#shared/audit/write-audit.ts';
import { tables, type Table, type TableName } from '#shared/deployment/tables.ts';

/** What one request makes AWS do, the jobs that follow from it included. */
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

/** As text; the engine names attributes in any order. */
const inOrder = (row: object): string =>
  JSON.stringify(row, (_, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).toSorted()) : value,
  );

/** Rows of a table by their keys, as texts that tell whether they have changed. */
function byKey(name: string, rows: readonly object[]): Map<string, string> {
  const { partition, sort = {} } = tables[name as TableName] as Table;
  const keys = [...Object.keys(partition), ...Object.keys(sort)];
  return new Map(
    rows.map((row) => [keys.map((key) => JSON.stringify((row as Item)[key])).join(), inOrder(row)]),
  );
}

const units = (row: string): number => Math.ceil(Buffer.byteLength(row) / 1_024);

/** A day's entries take turns at its shards; which one an entry falls to is chance. */
const withoutShard = (value: string): string => value.replace(/^(\d{4}-\d\d-\d\d)#\d$/, '$1');
export const shardsOf = (partition: string): number =>
  /^audit \d{4}-\d\d-\d\d$/.test(partition) ? auditPartitions('').length : 1;

const add = (sums: Map<string, number>, name: string, more: number): void =>
  void sums.set(name, (sums.get(name) ?? 0) + more);

/** Adds what a row's write takes: twice for the row itself, which is written in a transaction, and once for each index. */
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
    // Its rows are of one address or account each.
    if (name === 'counters') continue;
    const known = byKey(name, before[name] ?? []);
    for (const [key, row] of byKey(name, rows)) if (known.get(key) !== row) addWrite(use, name, row);
  }
}

/** Sees what an act makes the stack ask of AWS, and which rows it writes. */
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

/** What `one` writes to partitions that `other`, the same act of somebody else, writes to as well: those that all share. */
export const shared = (one: Use, other: Use): Use => ({
  ...one,
  partitions: new Map([...one.partitions].filter(([name]) => other.partitions.has(name))),
});
