import type { Stack } from '#local/stack/running-stack.ts';
import { post, signInAdmin } from './stack.ts';

export const password = 'correct horse battery';

export interface Person {
  login: string;
  user: { id: string };
  session: { id: string; token: string };
}

/** Registrations at a time: as many as the local stack has instances of a function. */
const atOnce = 4;

/** Registers people, with `password` each, by invites of their own. */
export async function registerMany(stack: Stack, count: number): Promise<Person[]> {
  const admin = await signInAdmin(stack);
  const { invites } = await post<{ invites: { url: string }[] }>(
    stack,
    '/v1/admin/invites',
    { count },
    admin,
  );
  const people: Person[] = [];
  const open = invites.entries();
  const register = async () => {
    for (const [number, { url }] of open) {
      const username = `guest${String(number).padStart(4, '0')}`;
      const login = `${username}@example.com`;
      const token = url.slice(url.lastIndexOf('/') + 1);
      const who = { email: login, username, password, token, transport: 'token' };
      people.push({ login, ...(await post<Omit<Person, 'login'>>(stack, '/v1/register', who)) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, register));
  return people;
}
