import type { UpdatePart } from '../aws/update.ts';
import { firstAdminInviteId, type User } from './user.ts';

/** The user is there and not disabled. */
export const isActive: UpdatePart = {
  when: '#status = :active',
  names: { '#status': 'status' },
  values: { ':active': 'active' },
};

/** The user's sessions were not ended since the user was read: ending them raises the epoch. */
export const hasEpoch = (epoch: number): UpdatePart => ({
  when: 'epoch = :epoch',
  values: { ':epoch': epoch },
});

/** The user has this address, or no address if it is undefined. */
export const hasEmail = (email: string | undefined): UpdatePart =>
  email === undefined
    ? { when: 'attribute_not_exists(email)' }
    : { when: 'email = :email', values: { ':email': email } };

/** The user has this name, so that the claim on the name that is written with the user is the right one. */
export const hasUsername = (username: string): UpdatePart => ({
  when: '#username = :username',
  names: { '#username': 'username' },
  values: { ':username': username },
});

/** `mayAdminister` as a condition in the store. */
export const isAdministrator: UpdatePart = {
  when: '#role = :admin AND (emailVerified = :true OR deviceOnly = :true OR inviteId = :firstAdminInvite)',
  names: { '#role': 'role' },
  values: { ':admin': 'admin', ':true': true, ':firstAdminInvite': firstAdminInviteId },
};

/** The user has not been demoted or disabled since `at`. */
export const grantsSince = (at: number): UpdatePart => ({
  when: '(attribute_not_exists(grantsFrom) OR grantsFrom < :granted)',
  values: { ':granted': at },
});

/**
 * The user counts as an administrator, or not, as when they were read, given the same status: the other fields that
 * `mayAdminister` reads never change. A proof changes nothing for users without the role, so they are not checked for it.
 */
export const countsAs = ({ role, emailVerified }: Pick<User, 'role' | 'emailVerified'>): UpdatePart =>
  role === 'admin'
    ? {
        when: '#role = :role AND emailVerified = :verified',
        names: { '#role': 'role' },
        values: { ':role': role, ':verified': emailVerified },
      }
    : hasRole(role);

export const hasRole = (role: User['role']): UpdatePart => ({
  when: '#role = :role',
  names: { '#role': 'role' },
  values: { ':role': role },
});
