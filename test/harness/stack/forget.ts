import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Stack } from '#local/stack/running-stack.ts';
import { insiderOf } from './insider.ts';
import { numberOf, textOf } from './rows.ts';

/** Deletes the rows about invites whose `ttl` has passed by the stack's clock, as DynamoDB does. */
export async function forgetInvites(stack: Stack): Promise<void> {
  const { config, documents } = insiderOf(stack);
  const { invites = [] } = await stack.dumpTables();
  for (const row of invites.filter((one) => numberOf(one, 'ttl') * 1_000 < stack.clock.now())) {
    const Key = { pk: textOf(row, 'pk'), sk: textOf(row, 'sk') };
    await documents.send(new DeleteCommand({ TableName: config.table('invites'), Key }));
  }
}
