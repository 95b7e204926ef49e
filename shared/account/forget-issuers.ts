import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionalWrite } from '../aws/conditional-write.ts';
import { inBatches } from '../batches.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Invite } from '../invites/invite.ts';
import { inviteRef } from '../invites/invite-rows.ts';

/** Invites that are written at a time. */
const atOnce = 10;

/** Takes the names of who has deleted the account out of what they have sent. */
export const forgetIssuers = capability('issuers', [onTable('invites', 'UpdateItem')], (config) => ({
  /** Not that of an administrator who has given an invite a new link meanwhile. */
  async forget(issuerId: string, invites: readonly Invite[]): Promise<void> {
    await inBatches(invites, atOnce, ({ id }) =>
      conditionalWrite(
        new UpdateCommand({
          ...inviteRef(config, id),
          UpdateExpression: 'REMOVE issuerName',
          ConditionExpression: 'issuerId = :issuer',
          ExpressionAttributeValues: { ':issuer': issuerId },
        }),
      ),
    );
  },
}));
