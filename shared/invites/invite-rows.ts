import { inviteKey } from '../aws/invite-keys.ts';
import { day, toSeconds, never } from '../clock.ts';
import { type Invite } from './invite.ts';

/** How long an invite that is over stays visible to admins. Days. */
const afterlifeDays = 90;

/** When DynamoDB may delete the row (epoch seconds); undefined for an invite without an end. */
export const inviteTtl = (expiresAt: number): number | undefined =>
  expiresAt === never ? undefined : toSeconds(expiresAt + afterlifeDays * day);

/** A whole row, for a new or re-issued invite: nothing that happened to an earlier link stays in it. */
export const inviteRow = (invite: Invite) => ({
  ...invite,
  ...inviteKey(invite.id),
  listing: 'invite',
  ttl: inviteTtl(invite.expiresAt),
  trouble: undefined,
});
