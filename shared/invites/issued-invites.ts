import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { queryRows } from '../aws/query-rows.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import type { Invite } from './invite.ts';

/** Reads the invites that a user has issued, for following a branch. */
export const readBranches = capability('branches', [onIndex('invites', 'byIssuer')], (config) => ({
  /** Invites that a user has issued and that were used or can be withdrawn, newest first; and whether there are more. */
  async issuedBy(userId: string, limit: number): Promise<{ invites: Invite[]; more: boolean }> {
    const invites: Invite[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: config.table('invites'),
          IndexName: 'byIssuer',
          KeyConditionExpression: 'issuerId = :issuer',
          // Ended and unused invites are left out here, so that they do not fill the limit and hide older ones.
          FilterExpression: '#state = :active OR uses > :none',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':active': 'active', ':issuer': userId, ':none': 0 },
          ScanIndexForward: false,
          ExclusiveStartKey: start,
        }),
      );
      invites.push(...(Items as Invite[]));
      start = LastEvaluatedKey;
    } while (start && invites.length <= limit);
    return { invites: invites.slice(0, limit), more: invites.length > limit };
  },
}));

/** Reads the invites that a user has sent. */
export const readSentInvites = capability('sent', [onIndex('invites', 'byIssuer')], (config) => {
  const query = (issuerId: string) => ({
    TableName: config.table('invites'),
    IndexName: 'byIssuer',
    KeyConditionExpression: 'issuerId = :issuer',
    ExpressionAttributeValues: { ':issuer': issuerId },
    ScanIndexForward: false,
  });
  return {
    /** All invites of an issuer, newest first. */
    by: (issuerId: string): AsyncIterable<Invite> => queryRows<Invite>(query(issuerId)),

    /** Those that could let somebody in, now or with a new link: also what has expired can be renewed. */
    withdrawable: (issuerId: string): AsyncIterable<Invite> =>
      queryRows<Invite>({
        ...query(issuerId),
        FilterExpression: '#state = :active',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':issuer': issuerId, ':active': 'active' },
      }),
  };
});
