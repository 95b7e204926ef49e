import type { Write } from '../aws/transaction.ts';
import { joinConditions, joinUpdates, type UpdatePart } from '../aws/update.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from './user.ts';
import { countsAs, hasEmail, hasEpoch, hasRole, hasUsername, isActive } from './user-conditions.ts';
import { userRef, userRow } from './user-rows.ts';

type Known = Pick<User, 'id' | 'epoch'>;

/** A change of one user, by which all of `parts` are done or nothing. */
export const userWrite = (config: Config, id: string, ...parts: UpdatePart[]): Write => ({
  Update: { ...userRef(config, id), ...joinUpdates(parts) },
});

const check = (config: Config, id: string, ...parts: UpdatePart[]): Write => ({
  ConditionCheck: { ...userRef(config, id), ...joinConditions(parts) },
});

/** Lets a transaction through only while the user is there, active, and signed in as they were. */
export const userCheck = (config: Config, { id, epoch }: Known): Write =>
  check(config, id, isActive, hasEpoch(epoch));

/** Lets a transaction through only while the issuer of an invite is what the invite asks of them. */
export const issuerCheck = (config: Config, issuerId: string, asked: readonly UpdatePart[]): Write =>
  check(config, issuerId, ...asked);

/** Stores a new user. */
export const newUserWrite = (config: Config, user: User): Write => ({
  Put: {
    TableName: config.table('users'),
    Item: userRow(user),
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/**
 * Ends all sessions and access tokens of the user, who is signed in as they were, and makes their devices unknown: a thief who had
 * the password may have made some of them known. What is to stay known is written beside it, at the same time.
 */
export const epochWrite = (config: Config, { id, epoch }: Known, now: number): Write =>
  userWrite(config, id, isActive, hasEpoch(epoch), {
    set: 'epoch = :next, devicesFrom = :now',
    values: { ':next': epoch + 1, ':now': now },
  });

/**
 * Binds a user to another device, unless they changed since they were read as `before`.
 * @param asked what the invite by which they move asks of its issuer, where they are the issuer.
 */
export const moveWrite = (
  config: Config,
  before: Known,
  { device, epoch }: User,
  asked: readonly UpdatePart[] = [],
): Write =>
  userWrite(config, before.id, isActive, hasEpoch(before.epoch), ...asked, {
    set: 'device = :device, epoch = :next',
    remove: 'rebinds',
    values: { ':device': device, ':next': epoch },
  });

/** Disables a user who is no administrator, ends all their sessions, and makes their devices unknown. */
export const disableWrite = (config: Config, id: string, now: number): Write =>
  userWrite(config, id, isActive, hasRole('general'), {
    set: '#status = :disabled, epoch = epoch + :one, devicesFrom = :now, grantsFrom = :now',
    values: { ':disabled': 'disabled', ':one': 1, ':now': now },
  });

/** Counts an invite that the user sends, of which there may be `quota`, at least 1. */
export const sentInviteWrite = (config: Config, id: string, quota: number): Write =>
  userWrite(config, id, isActive, {
    add: 'invitesSent :one',
    when: '(attribute_not_exists(invitesSent) OR invitesSent < :quota)',
    values: { ':one': 1, ':quota': quota },
  });

/** Sets what users say of themselves, while the name is as it was read: its claim moves with it. */
export function profileWrite(config: Config, { id, username }: User, profile: Partial<User>): Write {
  const fields = Object.entries(profile);
  return userWrite(config, id, isActive, hasUsername(username), {
    set: fields.map(([name]) => `#${name} = :new_${name}`).join(', '),
    names: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(fields.map(([name, value]) => [`:new_${name}`, value])),
  });
}

/**
 * Deletes the user as it was read: not once disabled or their sessions ended, and only with the rights, address
 * and name whose count and claims go in the same transaction.
 */
export const userDeletion = (config: Config, user: User): Write => ({
  Delete: {
    ...userRef(config, user.id),
    ...joinConditions([
      isActive,
      hasEpoch(user.epoch),
      countsAs(user),
      hasUsername(user.username),
      hasEmail(user.email),
    ]),
  },
});
