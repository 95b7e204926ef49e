import { conditionalWrite } from '../aws/conditional-write.ts';
import type { Config } from '../deployment/config.ts';

/** Things that can be spent once, and the attribute of the row that names the request which has spent them. */
const spenders = { captcha: 'spentBy', proof: 'requestId' } as const;

/**
 * Spends something that counts once. The condition decides between requests. It lets the same request write again, because the answer
 * to its first write may have been lost.
 * @param ttlSeconds a time after which it is refused as expired, spent or not.
 * @returns false if another request has spent it.
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
