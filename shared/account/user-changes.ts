import type { AuditAction } from '../audit/actions.ts';
import { callLimits } from '../users/call-limits.ts';
import type { UserFields } from '../users/update-user.ts';
import type { Role, User } from '../users/user.ts';

/** An administrator's changes to a user; absent fields stay as they are. */
export interface UserChanges {
  role?: Role | undefined;
  disabled?: boolean | undefined;
  /** The mailbox is vouched for by hand. */
  emailVerified?: true | undefined;
  endSessions?: true | undefined;
  /** Ends one session, by its id. */
  endSession?: string | undefined;
  /** Lets the user sign in again whom wrong passwords have locked out. */
  unlock?: true | undefined;
  /** Unbinds the account from its device; it is bound again to the next one that signs in. */
  device?: null | undefined;
  /** Grants of this user's own; null: what the deployment grants everybody. */
  limits?: { [Name in keyof typeof limitFields]?: number | null | undefined } | undefined;
}

/** Whether the changes are for others to make: nobody promotes, vouches for or unlocks themselves (C94). */
export const needsAnother = ({ role, emailVerified, unlock }: UserChanges): boolean =>
  role === 'admin' || emailVerified === true || unlock === true;

/** Where a user's own limits are kept. */
const limitFields = {
  invites: 'inviteQuota',
  ...callLimits,
} as const satisfies Record<string, keyof User>;

/** One kind of change: its name in the audit trail and what it does. */
interface Effect {
  action: AuditAction;
  fields: UserFields;
  /** Whether sessions and tokens that exist must die (C34). */
  endsSessions?: true;
  /** Whether what the user granted as an administrator must die too (C91). */
  endsGrants?: true;
}

/** Every kind of change; undefined where it is not asked for, or is so already. */
const kinds: readonly ((user: User, changes: UserChanges) => Effect | undefined)[] = [
  (user, { role = user.role }) => {
    if (role === user.role) return undefined;
    return role === 'admin'
      ? { action: 'user.promote', fields: { role, openlyInvited: undefined } }
      : { action: 'user.demote', fields: { role }, endsSessions: true, endsGrants: true };
  },
  ({ status }, { disabled = status === 'disabled' }) => {
    if (disabled === (status === 'disabled')) return undefined;
    return disabled
      ? { action: 'user.disable', fields: { status: 'disabled' }, endsSessions: true, endsGrants: true }
      : { action: 'user.enable', fields: { status: 'active' } };
  },
  (user, { emailVerified }) =>
    emailVerified && !user.emailVerified ? { action: 'user.verify', fields: { emailVerified } } : undefined,
  (_user, { endSessions }) => endSessions && { action: 'user.end-sessions', fields: {}, endsSessions: true },
  (_user, { endSession, endSessions }) =>
    endSession !== undefined && !endSessions ? { action: 'user.end-sessions', fields: {} } : undefined,
  ({ lockEpoch = 0 }, { unlock }) =>
    unlock && { action: 'user.unlock', fields: { lockEpoch: lockEpoch + 1 } },
  (user, { device }) =>
    device === null && user.device !== undefined && !user.deviceOnly
      ? { action: 'user.unbind', fields: { device: undefined, rebinds: true }, endsSessions: true }
      : undefined,
  (user, { limits = {} }) => {
    const fields: UserFields = {};
    for (const name of Object.keys(limitFields) as (keyof typeof limitFields)[]) {
      const limit = limits[name];
      const field = limitFields[name];
      if (limit !== undefined && user[field] !== (limit ?? undefined)) fields[field] = limit ?? undefined;
    }
    return Object.keys(fields).length > 0 ? { action: 'user.limit', fields } : undefined;
  },
];

/** What changes do to the user as it is: nothing where `actions` is empty. */
export function planChanges(user: User, changes: UserChanges, now: number) {
  const effects = kinds.flatMap((kind) => kind(user, changes) ?? []);
  const fields: UserFields = Object.assign({}, ...effects.map((effect) => effect.fields));
  if (effects.some(({ endsSessions }) => endsSessions)) {
    fields.epoch = user.epoch + 1;
    fields.devicesFrom = now;
  }
  if (effects.some(({ endsGrants }) => endsGrants)) fields.grantsFrom = now;
  if (fields.emailVerified) fields.updatedAt = now;
  const next = { ...user, ...fields } as User;
  return {
    next,
    fields,
    actions: effects.map(({ action }) => action),
  };
}
