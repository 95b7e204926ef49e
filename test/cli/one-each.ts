import { expect } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { listAll } from '../harness/invites/invites.ts';
import type { SignedIn } from '../harness/people/people.ts';

/** `count` addresses that begin with `name`. */
export const addresses = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${name}${at}@example.com`);

/** Expects exactly one invite and one mail for every address that begins with `name`. */
export async function expectOneEach(stack: Stack, admin: SignedIn, name: string, emails: readonly string[]) {
  const invites = await listAll(stack, admin, { email: name, limit: '100' });
  expect(invites.map(({ email }) => email).toSorted()).toEqual(emails.toSorted());
  await stack.settle();
  const mailed = stack
    .mails()
    .map(({ to }) => to)
    .filter((to) => to.startsWith(name));
  expect(mailed.toSorted()).toEqual(emails.toSorted());
}
