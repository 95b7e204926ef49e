import * as z from 'zod/mini';
import { listSessions } from '#shared/sessions/list-sessions.ts';
import { sessionHolds } from '#shared/sessions/session.ts';
import { listedSessionResponse, showListedSession } from '#shared/sessions/show-listed-session.ts';
import { pageOf, pagingFields, readCursor, writeCursor } from '#shared/http/paging.ts';
import { operation } from '#shared/operation/operation.ts';

/** Where a page ended. */
const position = z.object({ id: z.string(), at: z.int() });
type Position = z.output<typeof position>;

/** By last use, newest first. */
const byUse = (a: Position, b: Position): number => b.at - a.at || (a.id < b.id ? -1 : Number(a.id > b.id));

export default operation({
  summary: 'Lists my sessions that are alive, newest use first.',
  method: 'GET',
  path: '/v1/sessions',
  auth: 'session',
  query: z.strictObject(pagingFields),
  response: pageOf(listedSessionResponse),
  uses: [listSessions],
  errors: ['invalid'],
  rate: [],
  async run({ query, caller, sessions, clock, fail }) {
    const { user, session: current } = caller;
    const { cursor, limit } = query;
    const after = readCursor(cursor, position, fail);
    const now = clock.now();
    // No index holds the last use, which changes all the time. A user has few sessions.
    const alive = (await sessions.of(user.id)).sessions
      .filter((session) => sessionHolds(session, user, now))
      .map((session) => ({ session, id: session.id, at: session.lastSeenAt }))
      .filter((one) => !after || byUse(after, one) < 0)
      .toSorted(byUse);
    const page = alive.slice(0, limit);
    const last = alive.length > limit ? page.at(-1) : undefined;
    return {
      items: await Promise.all(page.map(({ session }) => showListedSession(session, current))),
      nextCursor: writeCursor(last && { id: last.id, at: last.at }),
    };
  },
});
