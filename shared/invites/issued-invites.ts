import { readManyRows } from '../aws/read-rows.ts';
import { queryRows } from '../aws/query-rows.ts';
import { capability, onIndex, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from '../users/user.ts';
import { userRef } from '../users/user-rows.ts';
import type { Invite } from './invite.ts';
import type { RedemptionRow } from './list-redemptions.ts';

/** The rows under an issuer, newest first: their invites, and the redemptions of users whom they brought in. */
const issuedQuery = (config: Config, issuerId: string) => ({
  TableName: config.table('invites'),
  IndexName: 'byIssuer',
  KeyConditionExpression: 'issuerId = :issuer',
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: { ':issuer': issuerId },
  ScanIndexForward: false,
});

/** Splits the rows under an issuer into the users whom they brought in and their invites, at most `limit` of each. */
export async function tellApart(rows: AsyncIterable<Invite | RedemptionRow>, limit: number) {
  const [people, invites]: [string[], Invite[]] = [[], []];
  let more = false;
  for await (const row of rows) {
    const isPerson = 'redeemedAt' in row;
    if ((isPerson ? people : invites).length === limit) more = true;
    else if (isPerson) people.push(row.userId);
    else invites.push(row);
  }
  return { people, invites, more };
}

/** Reads who brought in whom, to follow a branch. */
export const readBranches = capability(
  'branches',
  [onIndex('invites', 'byIssuer'), onTable('users', 'BatchGetItem')],
  (config) => ({
    /** The users whom a user brought in, and their withdrawable invites; at most `limit` of each, and whether there are more. */
    async under(userId: string, limit: number) {
      const rows = queryRows<Invite | RedemptionRow>({
        ...issuedQuery(config, userId),
        // Used and revoked invites are left out here, so that they do not fill the limit and hide older ones.
        FilterExpression: '#state = :active OR attribute_exists(redeemedAt)',
        ExpressionAttributeValues: { ':issuer': userId, ':active': 'active' },
      });
      return tellApart(rows, limit);
    },

    /** The users of these ids as they are now, in their order; undefined for a user who has deleted the account. */
    async users(ids: readonly string[]): Promise<(User | undefined)[]> {
      return (await readManyRows(ids.map((id) => userRef(config, id)))) as (User | undefined)[];
    },
  }),
);

/** Reads the invites that a user has sent. */
export const readSentInvites = capability('sent', [onIndex('invites', 'byIssuer')], (config) => ({
  /** All invites of an issuer, newest first. */
  by: (issuerId: string): AsyncIterable<Invite> =>
    queryRows<Invite>({
      ...issuedQuery(config, issuerId),
      FilterExpression: 'attribute_exists(#state)',
    }),

  /** Invites that could admit a guest, now or with a new link. Expired ones are among them: they can be renewed. */
  withdrawable: (issuerId: string): AsyncIterable<Invite> =>
    queryRows<Invite>({
      ...issuedQuery(config, issuerId),
      FilterExpression: '#state = :active',
      ExpressionAttributeValues: { ':issuer': issuerId, ':active': 'active' },
    }),
}));
