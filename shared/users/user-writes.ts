import type { Write } from '../aws/transaction.ts';
import { joinConditions, joinUpdates, setFields, type UpdatePart } from '../aws/update.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from './user.ts';
import { countsAs, hasEmail, hasEpoch, hasRole, hasUsername, isActive } from './user-conditions.ts';
import { userRef, userRow } from './user-rows.ts';

type Known = Pick<User, 'id' | 'epoch'>;

/** A change of one user: all of `parts` are done, or nothing. */
export const userWrite = (config: Config, id: string, ...parts: UpdatePart[]): Write => ({
  Update: { ...userRef(config, id), ...joinUpdates(parts) },
});

const check = (config: Config, id: string, ...parts: UpdatePart[]): Write => ({
  ConditionCheck: { ...userRef(config, id), ...joinConditions(parts) },
});

/** Lets a transaction through only while the user is there, is active, and has the same epoch. */
export const userCheck = (config: Config, { id, epoch }: Known): Write =>
  check(config, id, isActive, hasEpoch(epoch));

/** Lets a transaction through only while the issuer of an invite meets the invite's conditions (`asked`). */
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
 * Ends all sessions and access tokens of the user, if the epoch is still the same, and makes their devices unknown: a thief who had
 * the password may have made some of them known. A device that is to stay known is written in the same transaction, with the same time.
 */
export const epochWrite = (config: Config, { id, epoch }: Known, now: number): Write =>
  userWrite(config, id, isActive, hasEpoch(epoch), {
    set: 'epoch = :next, devicesFrom = :now',
    values: { ':next': epoch + 1, ':now': now },
  });

/**
 * Binds a user to another device, unless they changed since they were read as `before`.
 * @param asked the conditions that the invite of the move sets for its issuer, if the user is that issuer.
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

/** Counts an invite that the user sends, up to `quota`, which is at least 1. */
export const sentInviteWrite = (config: Config, id: string, quota: number): Write =>
  userWrite(config, id, isActive, {
    add: 'invitesSent :one',
    when: '(attribute_not_exists(invitesSent) OR invitesSent < :quota)',
    values: { ':one': 1, ':quota': quota },
  });

/** Sets fields that users choose themselves, if the name is still as it was read: the claim on it moves with the name. */
export const profileWrite = (config: Config, { id, username }: User, profile: Partial<User>): Write =>
  userWrite(config, id, isActive, hasUsername(username), setFields(profile));

/**
 * Deletes the user as it was read: not after they were disabled or their sessions ended, and only with unchanged rights,
 * address and name, whose count and claims the same transaction removes.
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
