import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { auditPartitions, type AuditEntry } from '#shared/audit/write-audit.ts';
import { dayOf } from '#shared/calendar.ts';
import { day } from '#shared/clock.ts';
import { userKey } from '#shared/users/user-rows.ts';
import type { Aws } from './aws.ts';
import type { Tables } from './deployment.ts';
import { scan } from './rows.ts';
import type { Facts } from './rule.ts';

/** Reads the facts that decide on restored rows, from the tables in use as they are now. */
export async function readFacts(
  aws: Aws,
  { inUse }: Tables,
  { at, now }: { at: Date; now: Date },
  signal: AbortSignal,
): Promise<Facts> {
  return {
    trail: await readTrail(aws, inUse.audit, { at, now }, signal),
    people: await readPeople(aws, inUse.users, signal),
    epochs: await readEpochs(aws, inUse.sessions, signal),
  };
}

async function readTrail(
  { documents }: Aws,
  TableName: string,
  { at, now }: { at: Date; now: Date },
  signal: AbortSignal,
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  // Up to the day after `now`, because this machine's clock may be slow.
  for (let time = at.getTime(); time < now.getTime() + 2 * day; time += day)
    for (const pk of auditPartitions(dayOf(time))) {
      let start: Record<string, unknown> | undefined;
      do {
        signal.throwIfAborted();
        const { Items = [], LastEvaluatedKey } = await documents.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND sk >= :at',
            // Relayed calls are by far the most lines, and no rule asks for them.
            FilterExpression: '#action <> :call',
            ExpressionAttributeNames: { '#action': 'action' },
            ExpressionAttributeValues: { ':pk': pk, ':at': at.toISOString(), ':call': 'relay.call' },
            ConsistentRead: true,
            ExclusiveStartKey: start,
          }),
        );
        entries.push(...(Items as AuditEntry[]));
        start = LastEvaluatedKey;
      } while (start);
    }
  return entries;
}

async function readPeople(aws: Aws, TableName: string, signal: AbortSignal): Promise<Set<string>> {
  const people = new Set<string>();
  const { pk: prefix } = userKey('');
  for await (const page of scan(aws, { TableName, ProjectionExpression: 'pk' }, signal))
    for (const { pk } of page) if (String(pk).startsWith(prefix)) people.add(String(pk).slice(prefix.length));
  return people;
}

async function readEpochs(aws: Aws, TableName: string, signal: AbortSignal): Promise<Map<string, number>> {
  const epochs = new Map<string, number>();
  const input = { TableName, ProjectionExpression: 'userId, epoch' };
  for await (const page of scan(aws, input, signal))
    for (const { userId, epoch = 0 } of page as { userId: string; epoch?: number }[])
      epochs.set(userId, Math.max(epoch, epochs.get(userId) ?? 0));
  return epochs;
}
