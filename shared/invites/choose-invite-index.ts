import type { Invite, InviteFilter } from './invite.ts';

/** Filters of the list. The first one given, in this order, chooses the index; the others filter its rows. */
export interface InviteFilters {
  /** An address or the beginning of one, in lower case. */
  email?: string | undefined;
  label?: string | undefined;
  /** The id of the user who invites. */
  issuer?: string | undefined;
  status?: InviteFilter | undefined;
  /** Milliseconds; decides which invites have expired. */
  now: number;
}

/** How an index answers a filter. */
export interface IndexedRead {
  index: 'byCreated' | 'byState' | 'byEmail' | 'byTrouble' | 'byLabel' | 'byIssuer';
  /** Name and value of the partition key. */
  partition: readonly [string, string];
  sort: keyof Invite & ('createdAt' | 'expiresAt' | 'email');
  /** Condition on the sort key with its values, and whether a value meets it. */
  condition?: string;
  values?: Record<string, string | number>;
  meets?(at: string | number): boolean;
  ascending?: boolean;
}

/** Finds the index for a filter. Each filter has one, so that no list scans the table. */
export function chooseIndex({ status, email, label, issuer, now }: InviteFilters): IndexedRead {
  if (email !== undefined) {
    return {
      index: 'byEmail',
      partition: ['listing', 'invite'],
      sort: 'email',
      condition: 'begins_with(email, :email)',
      values: { ':email': email },
      meets: (at) => String(at).startsWith(email),
      ascending: true,
    };
  }
  if (label !== undefined) return { index: 'byLabel', partition: ['label', label], sort: 'createdAt' };
  if (issuer !== undefined) return { index: 'byIssuer', partition: ['issuerId', issuer], sort: 'createdAt' };
  const created = { index: 'byCreated', partition: ['listing', 'invite'], sort: 'createdAt' } as const;
  const state = { index: 'byState', partition: ['state', 'active'], sort: 'expiresAt' } as const;
  switch (status) {
    case undefined:
      return created;
    case 'undelivered':
      return { index: 'byTrouble', partition: ['trouble', status], sort: 'createdAt' };
    case 'used':
    case 'revoked':
      return { ...state, partition: ['state', status] };
    case 'active':
      return {
        ...state,
        condition: 'expiresAt > :now',
        values: { ':now': now },
        meets: (at) => Number(at) > now,
      };
    case 'expired':
      return {
        ...state,
        condition: 'expiresAt <= :now',
        values: { ':now': now },
        meets: (at) => Number(at) <= now,
      };
  }
}
