import type { Purpose } from '#shared/codes/mail-code.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { unprovenUser } from './accounts.ts';
import { mailedCode } from './codes.ts';
import { send, type Answered } from '../http/http.ts';
import { password, somebody, type SignedIn } from './people.ts';

/** A request of a user who has everything that it needs. */
type Act = () => Promise<Answered>;

async function withCode(stack: Stack, admin: SignedIn, purpose: Purpose) {
  const { session, ...who } = await unprovenUser(stack, admin);
  const { token } = session;
  const email = purpose === 'email-update' ? somebody('new').email : who.email;
  return { token, email, typed: await mailedCode(stack, purpose, email, { token }) };
}

export async function proves(stack: Stack, admin: SignedIn): Promise<Act> {
  const { token, typed } = await withCode(stack, admin, 'email-verify');
  return () => send(stack, 'POST', '/v1/email/verify', { token, json: typed });
}

export async function moves(stack: Stack, admin: SignedIn): Promise<Act> {
  const { token, email, typed } = await withCode(stack, admin, 'email-update');
  return () => send(stack, 'PUT', '/v1/me/email', { token, json: { email, ...typed } });
}

export async function resets(stack: Stack, admin: SignedIn): Promise<Act> {
  const { email, typed } = await withCode(stack, admin, 'password-reset');
  return () => send(stack, 'POST', '/v1/password/reset', { json: { email, password, ...typed } });
}

export async function changesPassword(stack: Stack, admin: SignedIn): Promise<Act> {
  const { token } = (await unprovenUser(stack, admin)).session;
  const json = { currentPassword: password, password };
  return () => send(stack, 'PUT', '/v1/me/password', { token, json });
}
