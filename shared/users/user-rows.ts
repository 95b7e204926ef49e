import type { RowRef } from '../aws/read-row.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from './user.ts';

/** Rows of the users table: users, and claims on email addresses and usernames. */
export const userKey = (id: string) => ({ pk: `user#${id}` });

export const userRef = (config: Config, id: string): RowRef => refOf(config, userKey(id));

export const emailClaimKey = (email: string) => ({ pk: `email#${email}` });
export const emailClaimRef = (config: Config, email: string): RowRef => refOf(config, emailClaimKey(email));

export const usernameClaimKey = (username: string) => ({ pk: `username#${username}` });
export const usernameClaimRef = (config: Config, username: string): RowRef =>
  refOf(config, usernameClaimKey(username));

export const adminCountKey = { pk: 'admins' };

/** The row that counts active administrators. */
export const adminCountRef = (config: Config): RowRef => refOf(config, adminCountKey);

const refOf = (config: Config, Key: { pk: string }): RowRef => ({ TableName: config.table('users'), Key });

/** The holder of an email address or a username. An unverified address passes to the user who proves the mailbox. */
export interface Claim {
  userId: string;
  verified?: boolean;
}

/** The row of a user; `listing` puts it into the indexes that list all users. */
export const userRow = (user: User) => ({ ...userKey(user.id), listing: 'user', ...user });
