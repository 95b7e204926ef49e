import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { queryRows, takeRows } from '../aws/query-rows.ts';
import { documents } from '../aws/documents.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { inviteKey, redemptionPrefix } from './invite-rows.ts';

/**
 * Who redeemed an invite, and so who brought in whom. The row stays as long as its user. After that it stays without a name, for the
 * users whom that user brought in (C97).
 */
export interface RedemptionRow {
  sk: string;
  userId: string;
  /** Absent once the user has deleted the account. */
  username?: string;
  /** The name (`deviceName`) of the device that the account was bound to; absent if there was none, or the account was deleted. */
  device?: string | undefined;
  /** Milliseconds. */
  redeemedAt: number;
  /** Who brought the user in; absent for the first administrator. */
  issuerId?: string | undefined;
  /** The value of `redeemedAt`, under the name by which the index of issuers is sorted. */
  createdAt: number;
}

/** The address by which a guest redeemed an invite; null for a device, and for a user who has deleted the account or lost the address. */
export const redeemedBy = ({ sk }: RedemptionRow): string | null =>
  sk.includes('@') ? sk.slice(redemptionPrefix.length) : null;

/** A user's redemption of an invite; undefined if registration was open. */
export async function redemptionOf(
  config: Config,
  userId: string,
  inviteId: string,
): Promise<RedemptionRow | undefined> {
  const rows = queryRows<RedemptionRow>({
    TableName: config.table('invites'),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :redemption)',
    FilterExpression: 'userId = :user',
    ExpressionAttributeValues: {
      ':pk': inviteKey(inviteId).pk,
      ':redemption': redemptionPrefix,
      ':user': userId,
    },
    ConsistentRead: true,
  });
  return (await takeRows(rows, 1)).items[0];
}

/** Lists who redeemed an invite. */
export const listRedemptions = capability('redemptions', [onTable('invites', 'Query')], (config) => ({
  by: (userId: string, inviteId: string) => redemptionOf(config, userId, inviteId),

  /**
   * At most `limit` redemptions, in the order of their rows.
   * @param after where the page before ended, as its `next` said.
   */
  async of(
    inviteId: string,
    limit: number,
    after?: string,
  ): Promise<{ items: RedemptionRow[]; next: string | undefined }> {
    const { pk } = inviteKey(inviteId);
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName: config.table('invites'),
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :redemption)',
        ExpressionAttributeValues: { ':pk': pk, ':redemption': redemptionPrefix },
        Limit: limit + 1,
        ConsistentRead: true,
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: redemptionPrefix + after } }),
      }),
    );
    const items = (Items as RedemptionRow[]).slice(0, limit);
    return {
      items,
      next: Items.length > limit ? items.at(-1)?.sk.slice(redemptionPrefix.length) : undefined,
    };
  },
}));
