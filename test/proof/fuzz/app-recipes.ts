import { authorizePath, codeFor, newPkce, portal, refresh, signInToPortal } from '../../harness/apps/door.ts';
import { browserOf, newcomer } from './account-recipes.ts';
import type { Draft } from './draft.ts';
import type { World } from './world.ts';

type Recipe = (world: World) => Promise<Draft>;

const authorization = (): Record<string, string> =>
  Object.fromEntries(new URL(authorizePath(newPkce().challenge), 'http://x').searchParams);

const logoutTo = {
  client_id: 'portal',
  post_logout_redirect_uri: 'https://portal.example.com/',
  state: 'bye',
};

/** Valid requests of apps that people sign in to. */
export const appRecipes: Record<string, Recipe> = {
  'authorization-create': async ({ member }) => ({
    method: 'GET',
    path: '/oauth/authorize',
    ...browserOf(member),
    query: authorization(),
  }),
  'authorization-create-post': async ({ member }) => ({
    method: 'POST',
    path: '/oauth/authorize',
    ...browserOf(member),
    form: authorization(),
  }),
  'oauth-logout': async (world) => ({
    method: 'GET',
    path: '/oauth/logout',
    ...browserOf(await newcomer(world)),
    query: logoutTo,
  }),
  'oauth-logout-post': async (world) => ({
    method: 'POST',
    path: '/oauth/logout',
    ...browserOf(await newcomer(world)),
    form: { ...logoutTo, confirmed: 'yes' },
  }),
  'oauth-token': async ({ stack, member }) => {
    const { code, verifier } = await codeFor(stack, member);
    const form = { grant_type: 'authorization_code', ...portal, code, code_verifier: verifier };
    return { method: 'POST', path: '/oauth/token', form };
  },
  'oauth-revoke': async ({ stack, member }) => {
    const { refresh_token: token = '' } = await signInToPortal(stack, member);
    return { method: 'POST', path: '/oauth/revoke', form: { client_id: 'portal', token } };
  },
  'userinfo-read': async ({ stack, member }) => ({
    method: 'GET',
    path: '/oauth/userinfo',
    token: (await signInToPortal(stack, member)).access_token,
  }),
  'userinfo-read-post': async ({ stack, member }) => {
    const { refresh_token: token = '' } = await signInToPortal(stack, member);
    return {
      method: 'POST',
      path: '/oauth/userinfo',
      token: (await refresh(stack, token)).json.access_token,
      form: {},
    };
  },
};
