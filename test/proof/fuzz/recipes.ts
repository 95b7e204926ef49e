import { invite, somebody, tokenOf } from '../../harness/people/people.ts';
import { send } from '../../harness/http/http.ts';
import { readEvent } from '../../harness/stack/events.ts';
import { accountRecipes, browserOf, newcomer, tokenIn } from './account-recipes.ts';
import { appRecipes } from './app-recipes.ts';
import type { Target } from './document.ts';
import type { Draft } from './draft.ts';
import type { World } from './world.ts';

type Recipe = (world: World) => Promise<Draft>;

const byAdmin = ({ credentials }: World) => credentials.admin;

/** A request about an unused invite. */
const onInvite =
  (method: string, path: string, json?: object): Recipe =>
  async (world) => ({
    method,
    path: `/v1/admin/invites/{id}${path}`,
    ...byAdmin(world),
    parameters: { id: (await world.openInvite()).id },
    ...(json && { json: json as Record<string, unknown> }),
  });

const withLink =
  (path: string): Recipe =>
  async ({ openInvite }) => ({
    method: 'POST',
    path,
    json: { token: tokenOf((await openInvite()).url) },
  });

const inviteRecipes: Record<string, Recipe> = {
  'admin-invite-delete': onInvite('DELETE', ''),
  'admin-invite-read': onInvite('GET', ''),
  'admin-invite-reissue': onInvite('POST', '/reissue', {}),
  'admin-invite-revoke': onInvite('POST', '/revoke'),
  'admin-invite-batch': async (world) => ({
    method: 'POST',
    path: '/v1/admin/invites/batch',
    ...byAdmin(world),
    json: { ids: [(await world.openInvite()).id], action: 'revoke' },
  }),
  'invite-create': async (world) => {
    const guest = await newcomer(world);
    const sent = { ...byAdmin(world), json: { emailVerified: true, limits: { invites: 5 } } };
    await send(world.stack, 'PATCH', `/v1/admin/users/${guest.user.id}`, sent);
    const json = { email: somebody('asked').email, locale: 'ja' };
    return { method: 'POST', path: '/v1/invites', ...tokenIn(guest), json };
  },
  'invite-open': withLink('/v1/invites/open'),
  'invite-verify': withLink('/v1/invites/verify'),
  'invite-renew': withLink('/v1/invites/renew'),
  'invite-renew-form': async ({ openInvite }) => ({
    method: 'POST',
    path: '/invite/renew',
    form: { token: tokenOf((await openInvite()).url) },
  }),
  'page-invite': async ({ openInvite }) => ({
    method: 'GET',
    path: '/invite/{token}',
    headers: { accept: 'text/html' },
    parameters: { token: tokenOf((await openInvite()).url) },
  }),
};

/** The number of mailboxes so far that SES has reported as dead. */
let suppressed = 0;

const managingRecipes: Record<string, Recipe> = {
  'admin-suppression-lift': async (world) => {
    const email = `bounce+fuzz${(suppressed += 1)}@simulator.amazonses.com`;
    await invite(world.stack, world.admin, { emails: [email] });
    await world.stack.settle();
    const json = { email, reason: 'The mailbox has room again' };
    return { method: 'POST', path: '/v1/admin/suppressions/lift', ...byAdmin(world), json };
  },
  'admin-user-update': async (world) => ({
    method: 'PATCH',
    path: '/v1/admin/users/{id}',
    ...byAdmin(world),
    parameters: { id: (await newcomer(world)).user.id },
    json: { role: 'general', limits: { invites: 5 } },
  }),
  'admin-branch-revoke': async (world) => {
    const { user } = await newcomer(world);
    const { token } = tokenIn(world.admin);
    const path = `/v1/admin/users/${user.id}/branch`;
    const { json } = await send<{ preview: string }>(world.stack, 'GET', path, { token });
    return {
      method: 'POST',
      path: '/v1/admin/users/{id}/branch/revoke',
      ...byAdmin(world),
      parameters: { id: user.id },
      json: { preview: json.preview, disableUsers: true },
    };
  },
};

const formRecipes: Record<string, Recipe> = {
  'language-update-form': async () => ({
    method: 'POST',
    path: '/language',
    form: { language: 'zh', here: '/login' },
  }),
  'code-create-form-forgot': async ({ names }) => ({
    method: 'POST',
    path: '/forgot',
    form: { email: names['memberEmail']! },
  }),
  'code-create-form-move': async ({ names }) => ({
    method: 'POST',
    path: '/move',
    form: { email: names['memberEmail']! },
  }),
  'code-create-form-verify': async (world) => {
    const guest = await newcomer(world);
    return { method: 'POST', path: '/verify', ...browserOf(guest), form: { email: guest.who.email } };
  },
};

const recipes: Readonly<Record<string, Recipe>> = {
  ...accountRecipes,
  ...appRecipes,
  ...inviteRecipes,
  ...managingRecipes,
  ...formRecipes,
};

/** A request that an operation grants: by its own recipe, else its sample event from a permitted caller. */
export async function goodRequest(
  world: World,
  { operationId, method, path, parameters = [] }: Target,
): Promise<Draft> {
  const recipe = recipes[operationId];
  if (recipe) return recipe(world);
  const { rawPath, rawQueryString, headers, body } = readEvent(operationId.replace(/-also$/, ''));
  const isPage = headers['accept'] === 'text/html';
  const isManaging = /^\/(v1\/)?admin\b/.test(path);
  const { admin, adminBrowser, member, memberBrowser } = world.credentials;
  const named = rawPath.split('/');
  const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
  const sample = Object.fromEntries(
    inPath.map((name) => [name, named[path.split('/').indexOf(`{${name}}`)] ?? '']),
  );
  const real = path.includes('/invites/{id}') ? 'inviteId' : 'memberId';
  return {
    method,
    path,
    ...(isPage ? (isManaging ? adminBrowser : memberBrowser) : isManaging ? admin : member),
    headers: { accept: headers['accept'] ?? 'application/json' },
    parameters: 'id' in sample ? { ...sample, id: world.names[real]! } : sample,
    query: Object.fromEntries(new URLSearchParams(rawQueryString)),
    ...(body !== undefined && { json: JSON.parse(body) as Record<string, unknown> }),
  };
}
