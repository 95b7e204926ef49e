import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionalWrite } from '../aws/conditional-write.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { second, toSeconds } from '../clock.ts';
import type { Budget } from './when-to-try.ts';

/**
 * Counts failures, so that guessing ends. A try is taken before it is known whether it fails, and given back when it
 * did not: however many come at once, no more than the budget are looked at.
 */
export const countTries = capability('tries', [onTable('counters', 'UpdateItem')], (config) => {
  const rowOf = (name: string, windowMs: number, at: number) => ({
    TableName: config.table('counters'),
    Key: { pk: `tries#${name}#${at - (at % windowMs)}` },
  });
  return {
    /**
     * @returns undefined when there was a try left, else when (milliseconds) to come again: soon, where tries that
     * are under way and may not fail hold the rest of the budget.
     */
    async take(name: string, { limit, windowMs }: Budget, now: number): Promise<number | undefined> {
      const end = now - (now % windowMs) + windowMs;
      const taken = await conditionalWrite<{ failures?: number }>(
        new UpdateCommand({
          ...rowOf(name, windowMs, now),
          UpdateExpression: 'ADD tries :one SET #ttl = :ttl',
          ConditionExpression: 'attribute_not_exists(tries) OR tries < :limit',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':ttl': toSeconds(end) },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      if (taken.written) return undefined;
      const { failures = 0 } = taken.refusedBy ?? {};
      return failures < limit ? now + second : end;
    },

    /** Says how a try has ended: one that failed stays taken until the window ends. */
    async settle(name: string, { windowMs }: Budget, taken: number, failed: boolean): Promise<void> {
      const change = failed
        ? { UpdateExpression: 'ADD failures :one', ExpressionAttributeValues: { ':one': 1 } }
        : {
            UpdateExpression: 'ADD tries :less',
            ConditionExpression: 'tries > :none',
            ExpressionAttributeValues: { ':less': -1, ':none': 0 },
          };
      // Refused where it was given back already, by a request whose answer was lost.
      await conditionalWrite(new UpdateCommand({ ...rowOf(name, windowMs, taken), ...change }));
    },
  };
});
