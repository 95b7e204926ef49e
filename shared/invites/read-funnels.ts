import { queryRows, takeRows } from '../aws/query-rows.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import type { Invite } from './invite.ts';
import { inviteLimits } from './limits.ts';

/** What of an invite tells how far it has come: of its mail `delivery` alone, since each attribute costs time. */
const projected = [
  'label',
  'state',
  'expiresAt',
  'uses',
  'delivery',
  'openedAt',
  'usedAt',
  'firstAppSignInAt',
  'firstRelayAt',
] as const satisfies readonly (keyof Invite)[];
export type InviteProgress = Pick<Invite, (typeof projected)[number]>;

/** Reads how far all invites have come, newest first: those that are stored, and so none that was deleted. */
export const readFunnels = capability('funnels', [onIndex('invites', 'byCreated')], (config) => ({
  /** The progress of the newest invites, and whether there are more. */
  progress: (): Promise<{ items: InviteProgress[]; truncated: boolean }> =>
    takeRows(
      queryRows<InviteProgress>({
        TableName: config.table('invites'),
        IndexName: 'byCreated',
        KeyConditionExpression: '#listing = :invite',
        ProjectionExpression: projected.map((name) => `#${name}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(
          ['listing', ...projected].map((name) => [`#${name}`, name]),
        ),
        ExpressionAttributeValues: { ':invite': 'invite' },
        ScanIndexForward: false,
        // Looks at none beyond those that are counted, and the one that tells of more.
        Limit: inviteLimits.counted.max + 1,
      }),
      inviteLimits.counted.max,
    ),
}));
