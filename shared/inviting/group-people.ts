import type * as z from 'zod/mini';
import type { createInvitesBody } from '../invites/create-body.ts';
import type { Person } from './read-people.ts';

/** The body of the request that creates invites. */
export type InviteWish = z.input<typeof createInvitesBody>;

/** Invites in one request: few enough that progress is seen, and that the answer comes well before API Gateway gives up. */
export const chunkSize = 100;

/** The people and the wish of one request. */
export interface PeopleRequest {
  people: Person[];
  wish: InviteWish;
}

/** Splits people into requests of at most `size`: people with the same wishes together, in their order. */
export function groupPeople(
  people: readonly Person[],
  defaults: InviteWish,
  size = chunkSize,
): PeopleRequest[] {
  const groups = Map.groupBy(people, ({ wish: { expiresInDays, ...wish } }) =>
    JSON.stringify([
      wish.role,
      wish.note,
      wish.label,
      wish.app,
      wish.locale,
      expiresInDays === null ? 'never' : expiresInDays,
    ]),
  );
  return [...groups.values()]
    .flatMap((group) =>
      Array.from({ length: Math.ceil(group.length / size) }, (_, at) =>
        group.slice(at * size, (at + 1) * size),
      ),
    )
    .map((some) => ({
      people: some,
      wish: { ...defaults, ...some[0]?.wish, emails: some.map(({ email }) => email) },
    }));
}
