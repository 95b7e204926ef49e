import type { Problem } from '#shared/errors/problem.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered } from '../http/http.ts';
import { openInvite, password, register, somebody, type SignedIn } from './people.ts';
import { textOf } from '../stack/rows.ts';

/** A new user with an unproven mailbox, and the data of their registration. */
export async function unprovenUser(stack: Stack, admin: SignedIn, wish: object = {}) {
  const who = { ...somebody(), ...wish };
  return { ...(await register(stack, await openInvite(stack, admin), who)), who, email: who.email };
}

/** Signs in by username or address, and returns any answer. */
export const signIn = (
  stack: Stack,
  login: string,
  secret = password,
): Promise<Answered<SignedIn & Problem>> =>
  send(stack, 'POST', '/v1/sessions', { json: { login, password: secret, transport: 'token' } });

export type ShownUser = Problem & SignedIn['user'];

export const readMe = async (stack: Stack, { session: { token } }: SignedIn): Promise<ShownUser> =>
  (await send<ShownUser>(stack, 'GET', '/v1/me', { token })).json;

/** The owner of an address, and whether it is proven. */
export async function claimOf(
  stack: Stack,
  email: string,
): Promise<{ userId: string; verified: boolean } | undefined> {
  const { users = [] } = await stack.dumpTables();
  const row = users.find((one) => textOf(one, 'pk') === `email#${email}`);
  return (
    row && {
      userId: textOf(row, 'userId'),
      verified: (row['verified'] as { BOOL: boolean }).BOOL,
    }
  );
}

/** A user's actions and their outcomes from the audit trail, oldest first. */
export async function deedsOf(stack: Stack, { user }: SignedIn): Promise<string[]> {
  const { audit = [] } = await stack.dumpTables();
  return audit
    .filter((row) => textOf(row, 'actorId') === user.id)
    .toSorted((a, b) => (textOf(a, 'sk') < textOf(b, 'sk') ? -1 : 1))
    .map((row) => `${textOf(row, 'action')} ${textOf(row, 'outcome')}`);
}

/** Subjects of the mails to an address. */
export async function subjectsTo(stack: Stack, email: string): Promise<string[]> {
  await stack.settle();
  return stack.mails(email).map(({ subject }) => subject);
}
