import type { RowRef } from '../aws/read-row.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from './user.ts';

/** Rows of the users table: users, and who holds an email address or a username. */
export const userKey = (id: string) => ({ pk: `user#${id}` });

export const userRef = (config: Config, id: string): RowRef => refOf(config, userKey(id));

export const emailClaimRef = (config: Config, email: string): RowRef =>
  refOf(config, { pk: `email#${email}` });

export const usernameClaimRef = (config: Config, username: string): RowRef =>
  refOf(config, { pk: `username#${username}` });

/** The row that counts active administrators. */
export const adminCountRef = (config: Config): RowRef => refOf(config, { pk: 'admins' });

const refOf = (config: Config, Key: { pk: string }): RowRef => ({ TableName: config.table('users'), Key });

/** Who holds an email address or a username. An unverified address passes to the user who proves the mailbox. */
export interface Claim {
  userId: string;
  verified?: boolean;
}

export const userRow = (user: User) => ({ ...userKey(user.id), listing: 'user', ...user });
