import * as z from 'zod/mini';
import { auditPosition } from '#shared/audit/position.ts';
import { readActivity } from '#shared/audit/read-activity.ts';
import { activityResponse, showActivity } from '#shared/audit/show-activity.ts';
import { pageOf, pagingFields, readCursor, writeCursor } from '#shared/http/paging.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary:
    'What happened to my account: what I did, and what was done to it by others; newest first. Uses of API keys have a list of their own.',
  method: 'GET',
  path: '/v1/me/activity',
  auth: 'session',
  query: z.strictObject(pagingFields),
  response: pageOf(activityResponse),
  uses: [readActivity],
  errors: ['invalid'],
  // A page looks through up to twenty thousand lines.
  rate: [{ per: 'user', limit: 30, window: '1m' }],
  async run({ query, caller, activity, clock, fail }) {
    const { cursor, limit } = query;
    const after = readCursor(cursor, auditPosition, fail);
    const { entries, next } = await activity.page(caller.user.id, limit, after?.before, clock.now());
    return {
      items: entries.map((entry) => showActivity(entry, caller.user.id)),
      nextCursor: writeCursor(next === undefined ? undefined : { before: next }),
    };
  },
});
