/** Rows of the users table besides the users themselves: who holds an address or a name, and how many admins exist. */
export const userKey = (id: string) => ({ pk: `user#${id}` });
export const emailKey = (email: string) => ({ pk: `email#${email}` });
export const usernameKey = (username: string) => ({ pk: `username#${username}` });
export const adminsKey = { pk: 'admins' };

/** Who holds an email address or a username. An address that is not verified yields to whoever proves the mailbox. */
export interface Claim {
  userId: string;
  verified?: boolean;
}

export const userRow = <User extends { id: string }>(user: User) => ({
  ...userKey(user.id),
  listing: 'user',
  ...user,
});
