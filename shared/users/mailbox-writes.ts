import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import type { UpdatePart } from '../aws/update.ts';
import type { User } from './user.ts';
import { hasEmail, hasEpoch, isActive } from './user-conditions.ts';
import { userWrite } from './user-writes.ts';

type Known = Pick<User, 'id' | 'epoch'>;

/** Marks the user's mailbox as proven, as long as it is the user's address and the user's sessions were not ended. */
export const provenUserWrite = (config: Config, email: string, { id, epoch }: Known): Write =>
  userWrite(config, id, hasEmail(email), isActive, hasEpoch(epoch), {
    set: 'emailVerified = :true',
    values: { ':true': true },
  });

/**
 * Gives the account to the mailbox's owner, as long as it is the user's address and the user is not disabled: the
 * mailbox is proven, every session and access token is dead, locks end, and devices are known no more.
 */
export const renewedUserWrite = (config: Config, email: string, id: string, now: number): Write =>
  userWrite(config, id, hasEmail(email), isActive, {
    set: 'emailVerified = :true, devicesFrom = :now',
    add: 'epoch :one, lockEpoch :one',
    values: { ':true': true, ':now': now, ':one': 1 },
  });

/** Of two changes at once one is made: each only from the address that it knows (C43), and none once sessions were ended. */
export const addressWrite = (config: Config, { id, epoch, email: known }: User, email: string): Write =>
  userWrite(config, id, hasEmail(known), isActive, hasEpoch(epoch), {
    set: 'email = :new, emailVerified = :true',
    values: { ':new': email, ':true': true },
  });

/**
 * Takes the address from the user who claimed it without proof.
 * @param asked what the invite by which the address is claimed asks of its issuer, where that user is the issuer.
 */
export const displacementWrite = (
  config: Config,
  id: string,
  email: string,
  asked: readonly UpdatePart[] = [],
): Write =>
  userWrite(config, id, hasEmail(email), ...asked, {
    remove: 'email',
    set: 'emailVerified = :false',
    values: { ':false': false },
  });
