import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import type { UpdatePart } from '../aws/update.ts';
import type { User } from './user.ts';
import { countsAs, hasEmail, hasEpoch, isActive } from './user-conditions.ts';
import { userWrite } from './user-writes.ts';

type Known = Pick<User, 'id' | 'epoch' | 'role' | 'emailVerified'>;

/** Marks the user's mailbox as proven, as long as it is the user's address and the user's sessions were not ended. */
export const provenUserWrite = (config: Config, email: string, user: Known, now: number): Write =>
  userWrite(config, user.id, hasEmail(email), isActive, hasEpoch(user.epoch), countsAs(user), {
    set: 'emailVerified = :true, updatedAt = :now',
    values: { ':true': true, ':now': now },
  });

/**
 * Gives the account to the mailbox's owner, as long as it is the user's address and the user is not disabled: the
 * mailbox is proven, every session and access token is dead, locks end, and devices are known no more.
 */
export const renewedUserWrite = (config: Config, email: string, user: Known, now: number): Write =>
  userWrite(config, user.id, hasEmail(email), isActive, countsAs(user), {
    // Nothing that apps are told is another where the mailbox was proven before.
    set: `emailVerified = :true, devicesFrom = :now${user.emailVerified ? '' : ', updatedAt = :now'}`,
    add: 'epoch :one, lockEpoch :one',
    values: { ':true': true, ':now': now, ':one': 1 },
  });

/** Of two changes at once one is made: each only from the address that it knows (C43), and none once sessions were ended. */
export const addressWrite = (config: Config, user: User, email: string, now: number): Write =>
  userWrite(config, user.id, hasEmail(user.email), isActive, hasEpoch(user.epoch), countsAs(user), {
    set: 'email = :new, emailVerified = :true, updatedAt = :now',
    values: { ':new': email, ':true': true, ':now': now },
  });

/**
 * Takes the address from the user who claimed it without proof, and so is counted as an administrator neither before nor
 * after, unless they are the first one.
 * @param asked what the invite by which the address is claimed asks of its issuer, where that user is the issuer.
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
