import { createHash } from 'node:crypto';
import type * as z from 'zod/mini';
import { normalizeEmail } from '#shared/email.ts';
import { domainField, type createInvitesBody } from '#shared/invites/create-body.ts';
import { emailField } from '#shared/users/fields.ts';
import type { Person } from './people.ts';

/** The body of the request that creates invites. */
export type InviteWish = z.input<typeof createInvitesBody>;

/** Invites in one request: progress moves, and an answer is there well before API Gateway gives up. */
export const chunkSize = 100;

/** Results of lines that are known without asking the server. */
export type Known = 'bad_address' | 'duplicate';

/** Lines that get no invite: those without a valid address, and repeats of an earlier line. */
export function knownOf(people: readonly Person[], kind?: InviteWish['kind']): Map<number, Known> {
  const field = kind === 'domain' ? domainField : emailField;
  const known = new Map<number, Known>();
  const seen = new Set<string>();
  for (const { line, email } of people) {
    const one = normalizeEmail(email);
    if (!field.safeParse(email).success) known.set(line, 'bad_address');
    else if (seen.has(one)) known.set(line, 'duplicate');
    seen.add(one);
  }
  return known;
}

/** The people and the wish of one request. */
export interface Chunk {
  /** Names the request within its run, for the Idempotency-Key. */
  name: string;
  people: Person[];
  wish: InviteWish;
}

/** The same for the same value; 128 bits. */
export const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest().subarray(0, 16).toString('base64url');

/**
 * People in requests: those with the same wishes together, in the file's order. A request is named by what it asks for, so
 * that another process takes up a run with the same people left, and an edited file asks anew for what was edited.
 */
export function chunksOf(people: readonly Person[], defaults: InviteWish): Chunk[] {
  const groups = new Map<string, Person[]>();
  for (const person of people) {
    const { role, note, locale, expiresInDays } = person.wish;
    const name = JSON.stringify([role, note, locale, expiresInDays === null ? 'never' : expiresInDays]);
    const group = groups.get(name);
    if (group) group.push(person);
    else groups.set(name, [person]);
  }
  return [...groups.values()]
    .flatMap((group) =>
      Array.from({ length: Math.ceil(group.length / chunkSize) }, (_, at) =>
        group.slice(at * chunkSize, (at + 1) * chunkSize),
      ),
    )
    .map((some) => {
      const wish = { ...defaults, ...some[0]?.wish, emails: some.map(({ email }) => email) };
      return { name: digestOf(wish), people: some, wish };
    });
}

/** The requests for open invites. */
export const openChunks = (count: number, wish: InviteWish): Chunk[] =>
  Array.from({ length: Math.ceil(count / chunkSize) }, (_, number) => ({
    name: String(number),
    people: [],
    wish: { ...wish, count: Math.min(chunkSize, count - number * chunkSize) },
  }));
