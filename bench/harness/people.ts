import type { Stack } from '#local/stack/running-stack.ts';
import { password, tokenOf } from './credentials.ts';
import { post, signInAdmin } from './stack.ts';

export interface Person {
  login: string;
  user: { id: string };
  session: { id: string; token: string };
}

export interface Link {
  id: string;
  url: string;
}

/** Invites that an administrator makes. @param body of the request. */
export async function createInvites(stack: Stack, admin: string, body: object): Promise<Link[]> {
  return (await post<{ invites: Link[] }>(stack, '/v1/admin/invites', body, admin)).invites;
}

/** Registers a person with `password`. The address contains the username. */
export async function register(stack: Stack, invite: Link, username: string): Promise<Person> {
  const login = `${username}@example.com`;
  const who = { email: login, username, password, token: tokenOf(invite), transport: 'token' };
  return { login, ...(await post<Omit<Person, 'login'>>(stack, '/v1/register', who)) };
}

/** The number of concurrent registrations: as many as the local stack has instances of a function. */
const atOnce = 4;

/**
 * Registers people with `password`, each with their own invite.
 * @param by session of an administrator; if absent, the first administrator is created.
 */
export async function registerMany(stack: Stack, count: number, by?: string): Promise<Person[]> {
  const admin = by ?? (await signInAdmin(stack));
  const invites = await createInvites(stack, admin, { count });
  const people: Person[] = [];
  const open = invites.entries();
  const work = async () => {
    for (const [number, invite] of open)
      people.push(await register(stack, invite, `guest${String(number).padStart(4, '0')}`));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return people;
}
