import type { AuditAction } from '../audit/actions.ts';
import { callLimits } from '../users/call-limits.ts';
import type { UserFields } from '../users/update-user.ts';
import type { Role, User } from '../users/user.ts';

/** An administrator's changes to a user; absent fields stay as they are. */
export interface UserChanges {
  role?: Role | undefined;
  disabled?: boolean | undefined;
  /** The administrator vouches that the mailbox is the user's. */
  emailVerified?: true | undefined;
  endSessions?: true | undefined;
  /** Ends one session, by its id. */
  endSession?: string | undefined;
  /** Ends a lockout by wrong passwords. */
  unlock?: true | undefined;
  /** Unbinds the account from its device. The next device that signs in with a key is bound to it. */
  device?: null | undefined;
  /** Limits for this user alone; null restores the deployment's default. */
  limits?: { [Name in keyof typeof limitFields]?: number | null | undefined } | undefined;
}

/** Whether another administrator must make the changes: no user may promote, vouch for or unlock themselves (C94). */
export const needsAnother = ({ role, emailVerified, unlock }: UserChanges): boolean =>
  role === 'admin' || emailVerified === true || unlock === true;

/** The field of the user that holds each limit. */
const limitFields = {
  invites: 'inviteQuota',
  ...callLimits,
} as const satisfies Record<string, keyof User>;

/** One kind of change: its name in the audit trail and what it does. */
interface Effect {
  action: AuditAction;
  fields: UserFields;
  /** Whether the change ends existing sessions and tokens (C34). */
  endsSessions?: true;
  /** Whether the change also voids what the user granted as an administrator (C91). */
  endsGrants?: true;
}

/** Every kind of change. Each returns undefined if the change is not requested or already in effect. */
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

/** The effect of the changes on the user. Empty `actions` mean that nothing changes. */
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
