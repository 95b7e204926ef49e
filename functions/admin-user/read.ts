import * as z from 'zod/mini';
import { countSessions } from '#shared/data/live-sessions.ts';
import { readUsers } from '#shared/data/user-reads.ts';
import { idField } from '#shared/fields.ts';
import { managedUserResponse, showManagedUser } from '#shared/http/managed-user.ts';
import { toIso } from '#shared/http/time.ts';
import { operation } from '#shared/operation.ts';

export default operation({
  summary: 'One user with limits, use and sessions.',
  method: 'GET',
  path: '/v1/admin/users/{id}',
  auth: 'admin',
  params: z.object({ id: idField }),
  response: z.object({
    ...managedUserResponse.shape,
    /** Sessions that let the user in, and when one of them was last used. */
    sessions: z.object({ count: z.int(), lastSeenAt: z.nullable(z.string()) }),
  }),
  uses: [readUsers, countSessions],
  errors: ['not_found'],
  rate: [],
  async run({ params, users, sessions, clock, settings, fail }) {
    const user = (await users.get(params.id)) ?? fail('not_found');
    const { count, lastSeenAt } = await sessions.live(user, clock.now());
    return {
      ...showManagedUser(user, settings),
      sessions: { count, lastSeenAt: lastSeenAt === undefined ? null : toIso(lastSeenAt) },
    };
  },
});
