import { cookie } from '#shared/http/cookies.ts';
import type { Purpose } from '#shared/codes/mail-code.ts';
import { mailedCode } from '../../harness/people/codes.ts';
import { password, register, somebody, tokenOf, type SignedIn } from '../../harness/people/people.ts';
import { send } from '../../harness/http/http.ts';
import type { Draft } from './draft.ts';
import type { World } from './world.ts';

/** A new user whom a request may change or delete. */
export async function newcomer({ stack, openInvite }: World) {
  const who = somebody('fuzz');
  return { ...(await register(stack, tokenOf((await openInvite()).url), who)), who };
}

export const tokenIn = ({ session: { token } }: SignedIn) => ({ token });
export const browserOf = ({ session: { token } }: SignedIn) => ({ cookies: { [cookie.session]: token } });

/** A new user with a code that was mailed to them. */
async function withCode(world: World, purpose: Purpose) {
  const guest = await newcomer(world);
  const email = purpose === 'email-update' ? somebody('moved').email : guest.who.email;
  const typed = await mailedCode(world.stack, purpose, email, tokenIn(guest));
  return { guest, email, typed };
}

type Recipe = (world: World) => Promise<Draft>;

/** Valid requests to operations on accounts and sessions. */
export const accountRecipes: Record<string, Recipe> = {
  'email-verify': async (world) => {
    const { guest, typed } = await withCode(world, 'email-verify');
    return { method: 'POST', path: '/v1/email/verify', ...tokenIn(guest), json: typed };
  },
  'email-verify-form': async (world) => {
    const { guest, typed } = await withCode(world, 'email-verify');
    return { method: 'POST', path: '/verify/code', ...browserOf(guest), form: typed };
  },
  'email-update': async (world) => {
    const { guest, email, typed } = await withCode(world, 'email-update');
    return { method: 'PUT', path: '/v1/me/email', ...tokenIn(guest), json: { email, ...typed } };
  },
  'password-reset': async (world) => {
    const { email, typed } = await withCode(world, 'password-reset');
    return { method: 'POST', path: '/v1/password/reset', json: { email, password, ...typed } };
  },
  'password-reset-form': async (world) => {
    const { email, typed } = await withCode(world, 'password-reset');
    return { method: 'POST', path: '/forgot/code', form: { email, password, ...typed } };
  },
  'password-update': async (world) => ({
    method: 'PUT',
    path: '/v1/me/password',
    ...tokenIn(await newcomer(world)),
    json: { currentPassword: password, password },
  }),
  'me-delete': async (world) => ({
    method: 'DELETE',
    path: '/v1/me',
    ...tokenIn(await newcomer(world)),
    json: { password },
  }),
  'me-update': async (world) => ({
    method: 'PATCH',
    path: '/v1/me',
    ...tokenIn(await newcomer(world)),
    json: { username: somebody('renamed').username, lastName: '佐藤', locale: 'ja' },
  }),
  'session-create': async (world) => {
    const { who } = await newcomer(world);
    const json = { login: who.username, password, transport: 'token' };
    return { method: 'POST', path: '/v1/sessions', json };
  },
  'session-create-form': async (world) => {
    const { who } = await newcomer(world);
    return { method: 'POST', path: '/login', form: { login: who.email, password } };
  },
  'session-delete': async (world) => ({
    method: 'DELETE',
    path: '/v1/sessions/{id}',
    ...tokenIn(await newcomer(world)),
    parameters: { id: 'current' },
  }),
  'session-delete-form': async (world) => ({
    method: 'POST',
    path: '/logout',
    ...browserOf(await newcomer(world)),
    form: { next: '/login' },
  }),
  'session-verify': async (world) => ({
    method: 'POST',
    path: '/v1/sessions/verify',
    ...tokenIn(await newcomer(world)),
    json: { deviceId: '3f2a9c' },
  }),
  'registration-create': async ({ openInvite }) => ({
    method: 'POST',
    path: '/v1/register',
    json: { token: tokenOf((await openInvite()).url), transport: 'token', locale: 'ja', ...somebody('fuzz') },
  }),
  'registration-create-form': async ({ openInvite }) => ({
    method: 'POST',
    path: '/register',
    form: { token: tokenOf((await openInvite()).url), ...somebody('fuzz') },
  }),
  'key-delete': async (world) => {
    const { member, stack, names } = world;
    await send(stack, 'PUT', '/v1/keys/chatgpt', { ...tokenIn(member), json: { key: names['chatgptKey'] } });
    return {
      method: 'DELETE',
      path: '/v1/keys/{service}',
      ...tokenIn(member),
      parameters: { service: 'chatgpt' },
    };
  },
};
