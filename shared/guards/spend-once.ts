import { conditionalWrite } from '../aws/conditional-write.ts';
import type { Config } from '../deployment/config.ts';

/** What counts once, and the attribute of its row that names the request which has spent it. */
const spenders = { captcha: 'spentBy', proof: 'requestId' } as const;

/**
 * Takes something out of use. The condition decides between requests, and knows the same one again: its own answer may
 * have been lost.
 * @param ttlSeconds a time after which it is refused as expired, spent or not.
 * @returns false when another request has spent it.
 */
export async function spendOnce(
  config: Config,
  kind: keyof typeof spenders,
  name: string,
  requestId: string,
  ttlSeconds: number,
): Promise<boolean> {
  const { written } = await conditionalWrite({
    Put: {
      TableName: config.table('counters'),
      Item: { pk: `${kind}#${name}`, [spenders[kind]]: requestId, ttl: ttlSeconds },
      ConditionExpression: 'attribute_not_exists(pk) OR #spender = :requestId',
      ExpressionAttributeNames: { '#spender': spenders[kind] },
      ExpressionAttributeValues: { ':requestId': requestId },
    },
  });
  return written;
}
