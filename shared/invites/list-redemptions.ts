import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { redemptionPrefix, inviteKey } from './invite-rows.ts';

/**
 * Who redeemed an invite, and so who brought in whom: the row stays as long as its user, and without a name beyond, for
 * those whom that user has brought in (C97).
 */
export interface RedemptionRow {
  userId: string;
  /** Absent once the user has deleted the account. */
  username?: string;
  /** Milliseconds. */
  redeemedAt: number;
  /** Who brought the user in; absent for the first administrator. */
  issuerId?: string | undefined;
  /** `redeemedAt`, by the name by which the index of issuers is sorted. */
  createdAt: number;
}

/** Lists who redeemed an invite. */
export const listRedemptions = capability('redemptions', [onTable('invites', 'Query')], (config) => ({
  async of(inviteId: string, limit: number): Promise<RedemptionRow[]> {
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName: config.table('invites'),
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :redemption)',
        ExpressionAttributeValues: { ':pk': inviteKey(inviteId).pk, ':redemption': redemptionPrefix },
        Limit: limit,
      }),
    );
    return Items as RedemptionRow[];
  },
}));
