import { day, toSeconds, never } from '../clock.ts';
import { setFields, type UpdatePart } from '../aws/update.ts';
import type { Config } from '../deployment/config.ts';
import { type Invite } from './invite.ts';
import { isWayBack } from './reissued.ts';

/**
 * Rows of the invites table: the invite, its redemptions (by email or device), its pass phrase, the invite of a short code, and the
 * open invite of an address.
 */
const ref = (config: Config, pk: string, sk: string) => ({
  TableName: config.table('invites'),
  Key: { pk, sk },
});

export const inviteKey = (id: string) => ({ pk: `invite#${id}`, sk: 'record' });
export const inviteRef = (config: Config, id: string) => ref(config, `invite#${id}`, 'record');

export const redemptionPrefix = 'redemption#';
/** The row of a redemption. @param person an address, `devicePerson`, `formerPerson` or `displacedPerson`. */
export const redemptionRef = (config: Config, inviteId: string, person: string) =>
  ref(config, `invite#${inviteId}`, `${redemptionPrefix}${person}`);

/** In place of the address or device of a user who has deleted the account. */
export const formerPerson = (userId: string): string => `former:${userId}`;

/** In place of the address of a user who has lost it to the mailbox's owner. */
export const displacedPerson = (userId: string): string => `displaced:${userId}`;

export const passphraseRef = (config: Config, inviteId: string) =>
  ref(config, `invite#${inviteId}`, 'passphrase');

/** The key of the row that points from a short code to its invite. @param codeKey the code's key of `findCodes`, never the code. */
export const codePk = (codeKey: string): string => `code#${codeKey}`;
export const codeRef = (config: Config, codeKey: string) => ref(config, codePk(codeKey), 'record');

/** The claim of an open invite on its address, which has at most one. */
export const openInvitePk = (email: string): string => `email#${email}`;
export const openInviteRef = (config: Config, email: string) => ref(config, openInvitePk(email), 'open');

/** Days for which administrators still see an invite after its end. */
const retentionDays = 90;

/** When DynamoDB may delete the row (epoch seconds); undefined for an invite without an end. */
export const inviteTtl = (expiresAt: number): number | undefined =>
  expiresAt === never ? undefined : toSeconds(expiresAt + retentionDays * day);

/** The same for an invite as it is now, its code and its pass phrase. A user's way back in has no end. */
export const ownTtl = (invite: Invite): number | undefined =>
  isWayBack(invite) ? undefined : inviteTtl(invite.expiresAt);

/**
 * The update that sets the `ttl` of an invite without an end that is over at `now`. Not for `device-only` invites: a guest may be using
 * one at this moment, and it is then their way back in.
 */
export const endedTtl = ({ kind, expiresAt }: Invite, now: number): UpdatePart =>
  expiresAt === never && kind !== 'device-only' ? setFields({ ttl: inviteTtl(now) }) : {};

/** The whole row of a new or re-issued invite, without what happened to an earlier link. */
export const inviteRow = (invite: Invite) => ({
  ...invite,
  ...inviteKey(invite.id),
  listing: 'invite',
  ttl: ownTtl(invite),
  trouble: undefined,
});
