import { queryRows, takeRows } from '../aws/query-rows.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import type { Invite } from './invite.ts';
import { inviteLimits } from './limits.ts';

/** The attributes that tell how far an invite has come: of its mail only `delivery`, since each attribute costs time. */
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

/** Reads how far all stored invites have come, newest first; deleted ones are not among them. */
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
        // Reads only the invites that are counted, and one more to tell whether there are more.
        Limit: inviteLimits.counted.max + 1,
      }),
      inviteLimits.counted.max,
    ),
}));
