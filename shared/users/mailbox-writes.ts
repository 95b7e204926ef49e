import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import type { UpdatePart } from '../aws/update.ts';
import type { User } from './user.ts';
import { countsAs, hasEmail, hasEpoch, isActive } from './user-conditions.ts';
import { userWrite } from './user-writes.ts';

type Known = Pick<User, 'id' | 'epoch' | 'role' | 'emailVerified'>;

/** Marks the user's mailbox as proven, if it is still the user's address and the user's sessions were not ended. */
export const provenUserWrite = (config: Config, email: string, user: Known, now: number): Write =>
  userWrite(config, user.id, hasEmail(email), isActive, hasEpoch(user.epoch), countsAs(user), {
    set: 'emailVerified = :true, updatedAt = :now',
    values: { ':true': true, ':now': now },
  });

/**
 * Gives the account to the mailbox's owner, if it is still the user's address and the user is not disabled: the
 * mailbox is proven, every session and access token is dead, locks end, and no device stays known.
 */
export const renewedUserWrite = (config: Config, email: string, user: Known, now: number): Write =>
  userWrite(config, user.id, hasEmail(email), isActive, countsAs(user), {
    // If the mailbox was proven before, nothing changes that apps are told.
    set: `emailVerified = :true, devicesFrom = :now${user.emailVerified ? '' : ', updatedAt = :now'}`,
    add: 'epoch :one, lockEpoch :one',
    values: { ':true': true, ':now': now, ':one': 1 },
  });

/** Changes the address, but only from the one that was read, so that one of two changes fails (C43), and not once sessions were ended. */
export const addressWrite = (config: Config, user: User, email: string, now: number): Write =>
  userWrite(config, user.id, hasEmail(user.email), isActive, hasEpoch(user.epoch), countsAs(user), {
    set: 'email = :new, emailVerified = :true, updatedAt = :now',
    values: { ':new': email, ':true': true, ':now': now },
  });

/**
 * Takes the address from the user who claimed it without proof. That user counts as an administrator neither before nor
 * after, unless they are the first administrator, who counts both before and after.
 * @param asked the conditions that the invite being redeemed sets for its issuer, if the displaced user is that issuer.
 */
export const displacementWrite = (
  config: Config,
  id: string,
  email: string,
  now: number,
  asked: readonly UpdatePart[] = [],
): Write =>
  userWrite(config, id, hasEmail(email), ...asked, {
    remove: 'email',
    set: 'emailVerified = :false, updatedAt = :now',
    values: { ':false': false, ':now': now },
  });
