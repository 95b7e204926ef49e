import {
  authorizePath,
  codeFor,
  exchange,
  intranet,
  newPkce,
  post,
  refresh,
  signInToPortal,
} from '../../../harness/apps/door.ts';
import { send } from '../../../harness/http/http.ts';
import { mailedGuest, type SignedIn } from '../../../harness/people/people.ts';
import { invoked, scenario, type Act, type Scenario, type Scene } from '../scenario.ts';

const reused = {
  reply: '400 invalid_grant',
  because: 'a code that comes twice may be stolen, and ends what came of it (RFC 6749, 4.1.2)',
  // The next sign-in writes it instead.
  aside: /: firstAppSignInAt$/,
};

const asMember =
  (act: (scene: Scene, who: SignedIn) => Act | Promise<Act>): Scenario['prepare'] =>
  async (scene) =>
    act(scene, await mailedGuest(scene.stack, scene.admin));

export const apps: readonly Scenario[] = [
  scenario(
    'authorization-create',
    '',
    asMember(({ stack }, { session: { token } }) => {
      const path = authorizePath(newPkce().challenge);
      return () => send(stack, 'GET', path, { token });
    }),
  ),
  scenario(
    'oauth-token',
    'the first code',
    asMember(async ({ stack }, who) => {
      const asked = await codeFor(stack, who);
      return () => exchange(stack, asked);
    }),
    reused,
  ),
  scenario(
    'oauth-token',
    'a later code',
    asMember(async ({ stack }, who) => {
      await signInToPortal(stack, who);
      const asked = await codeFor(stack, who);
      return () => exchange(stack, asked);
    }),
    reused,
  ),
  scenario(
    'oauth-token',
    'of a server',
    async ({ stack, admin }) => {
      const secret = (await stack.invoke('app-secret', { app: 'intranet', renew: true })) as {
        secret: string;
      };
      const asked = await codeFor(stack, await mailedGuest(stack, admin), intranet);
      return () => exchange(stack, asked, { ...intranet, client_secret: secret.secret });
    },
    reused,
  ),
  scenario(
    'oauth-token',
    'a refresh',
    asMember(async ({ stack }, who) => {
      const { refresh_token: token = '' } = await signInToPortal(stack, who);
      return () => refresh(stack, token);
    }),
  ),
  scenario(
    'oauth-revoke',
    '',
    asMember(async ({ stack }, who) => {
      const { refresh_token: token = '' } = await signInToPortal(stack, who);
      return () => post(stack, '/oauth/revoke', { client_id: 'portal', token });
    }),
  ),
  scenario(
    'oauth-logout',
    '',
    asMember(async ({ stack }, who) => {
      const { id_token: hint } = await signInToPortal(stack, who);
      const query = new URLSearchParams({
        id_token_hint: hint,
        post_logout_redirect_uri: 'https://portal.example.com/',
      });
      return () => send(stack, 'GET', `/oauth/logout?${query}`, { token: who.session.token });
    }),
  ),
  scenario('app-secret', 'the next', async (scene) => {
    await scene.stack.invoke('app-secret', { app: 'intranet', renew: true });
    return invoked(scene, 'app-secret', { app: 'intranet', renew: true });
  }),
];
