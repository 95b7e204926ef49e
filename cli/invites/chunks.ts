import { createHash } from 'node:crypto';
import { normalizeEmail } from '#shared/email.ts';
import { domainField } from '#shared/invites/create-body.ts';
import {
  chunkSize,
  groupPeople,
  type InviteWish,
  type PeopleRequest,
} from '#shared/inviting/group-people.ts';
import type { Person } from '#shared/inviting/read-people.ts';
import { emailField } from '#shared/users/fields.ts';

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

/** One request of a run. */
export interface Chunk extends PeopleRequest {
  /** Names the request within its run, for the Idempotency-Key. */
  name: string;
}

/** Equal values have equal digests, of 128 bits. */
export const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest().subarray(0, 16).toString('base64url');

/**
 * Groups people into requests. A request's name is a digest of its content. So another process with the same people left sends
 * the same requests under the same names, and edited lines of a file get new names.
 */
export const chunksOf = (people: readonly Person[], defaults: InviteWish): Chunk[] =>
  groupPeople(people, defaults).map((request) => ({ name: digestOf(request.wish), ...request }));

/** The requests for open invites. */
export const openChunks = (count: number, wish: InviteWish): Chunk[] =>
  Array.from({ length: Math.ceil(count / chunkSize) }, (_, number) => ({
    name: String(number),
    people: [],
    wish: { ...wish, count: Math.min(chunkSize, count - number * chunkSize) },
  }));
