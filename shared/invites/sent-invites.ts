import { capability, onIndex } from '../deployment/capability.ts';
import type { Invite } from './invite.ts';
import { queryRows } from '../aws/query-rows.ts';

/** Reads what invites somebody has sent. */
export const readSentInvites = capability('sent', [onIndex('invites', 'byIssuer')], (config) => ({
  /** All invites of an issuer, newest first. */
  by: (issuerId: string): AsyncIterable<Invite> =>
    queryRows<Invite>({
      TableName: config.table('invites'),
      IndexName: 'byIssuer',
      KeyConditionExpression: 'issuerId = :issuer',
      ExpressionAttributeValues: { ':issuer': issuerId },
      ScanIndexForward: false,
    }),
}));
