import type { User } from '#shared/users/user.ts';

/** A user for tests of rules that need no stack: a member with an unproven mailbox, who registered at `createdAt`. */
export const sampleUser = (createdAt: number, changes: Partial<User> = {}): User => ({
  id: 'user',
  inviteId: 'invite',
  username: 'guest',
  firstName: '',
  lastName: '',
  emailVerified: false,
  role: 'general',
  status: 'active',
  epoch: 3,
  locale: 'en',
  createdAt,
  ...changes,
});
