import {
  DescribeTableCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  type TableDescription,
  type Tag,
} from '@aws-sdk/client-dynamodb';
import type { Aws } from './aws.ts';
import type { Past } from './source.ts';
import { describe, windowOf } from './table.ts';

/** Tags of a restored table: which table was in use before it, and since when it has all that was carried over from there. */
const beforeTag = 'latchkey:restored-from';
const completeTag = 'latchkey:complete-since';

async function tagsOf({ dynamo }: Aws, { TableArn }: TableDescription): Promise<Tag[]> {
  const tags: Tag[] = [];
  let NextToken: string | undefined;
  do {
    const page = await dynamo.send(new ListTagsOfResourceCommand({ ResourceArn: TableArn, NextToken }));
    tags.push(...(page.Tags ?? []));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  return tags;
}

/** Gives a restored table the tags of the table in use, and a tag with the name of that table. */
export async function tagAs(aws: Aws, present: TableDescription, target: TableDescription): Promise<void> {
  const tags = await tagsOf(aws, present);
  // Only AWS may set tags that begin with `aws:`. The other two are about the present table itself.
  const isOwn = ({ Key = '' }: Tag) => !Key.startsWith('aws:') && Key !== beforeTag && Key !== completeTag;
  const Tags = [...tags.filter(isOwn), { Key: beforeTag, Value: present.TableName }];
  await aws.dynamo.send(new TagResourceCommand({ ResourceArn: target.TableArn, Tags }));
}

/** Notes that all is carried over. The restored table can itself be restored only to times from now on. */
export async function tagComplete(aws: Aws, { TableArn, TableName }: TableDescription): Promise<void> {
  const Value = (await timeThere(aws, TableName)).toISOString();
  await aws.dynamo.send(
    new TagResourceCommand({ ResourceArn: TableArn, Tags: [{ Key: completeTag, Value }] }),
  );
}

/** The next full second by DynamoDB's clock: this machine's clock may be slow, and DynamoDB restores to full seconds. */
async function timeThere({ dynamo }: Aws, TableName: string | undefined): Promise<Date> {
  let date: string | undefined;
  const command = new DescribeTableCommand({ TableName });
  command.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      date = (answer.response as { headers: Record<string, string> }).headers['date'];
      return answer;
    },
    { step: 'deserialize', name: 'date' },
  );
  await dynamo.send(command);
  const now = date === undefined ? Date.now() : Date.parse(date);
  return new Date(Math.floor(now / 1_000 + 1) * 1_000);
}

const valueOf = (tags: readonly Tag[], key: string): string | undefined =>
  tags.find(({ Key }) => Key === key)?.Value;

/** The table that was in use when this one was restored. */
export const beforeOf = async (aws: Aws, table: TableDescription): Promise<string | undefined> =>
  valueOf(await tagsOf(aws, table), beforeTag);

/** The history of a table, by DynamoDB and its tags; undefined if the table is gone. */
export async function pastOf(aws: Aws, name: string): Promise<Past | undefined> {
  const table = await describe(aws, name);
  if (!table) return undefined;
  const tags = await tagsOf(aws, table);
  const complete = valueOf(tags, completeTag);
  return {
    since: complete === undefined ? table.CreationDateTime! : new Date(complete),
    before: valueOf(tags, beforeTag),
    window: await windowOf(aws, name),
  };
}
