import { askCode } from '../../../harness/people/codes.ts';
import { mailedCode } from '../../../harness/people/codes.ts';
import { unprovenUser } from '../../../harness/people/accounts.ts';
import { send } from '../../../harness/http/http.ts';
import { invite, mailedGuest, openInvite, password, somebody } from '../../../harness/people/people.ts';
import { putKey } from '../../../harness/relay/keys.ts';
import { deviceUser, asUser } from '../../../harness/invites/inviting.ts';
import { secondAdmin } from '../../../harness/people/people.ts';
import { scenario, type Scenario, type Scene } from '../scenario.ts';

const asks =
  (method: string, path: string, json?: object): Scenario['prepare'] =>
  async ({ stack, admin }) => {
    const { token } = (await unprovenUser(stack, admin)).session;
    return () => send(stack, method, path, { token, json });
  };

const spent = { because: 'a code counts once, and what it was for is done' };

/** Rows that a request leaves when it dies after its transaction. They give no access, and DynamoDB deletes them in time. */
const gone = {
  reply: '401 unauthenticated',
  because: 'nobody is there any more',
  aside: /^(sessions|grants|audit|invites)\b/,
};

async function withCode({ stack, admin }: Scene, purpose: Parameters<typeof mailedCode>[1]) {
  const { session, ...who } = await unprovenUser(stack, admin);
  const { token } = session;
  const email = purpose === 'email-update' ? somebody('new').email : who.email;
  return { token, email, typed: await mailedCode(stack, purpose, email, { token }) };
}

export const accounts: readonly Scenario[] = [
  scenario('me-update', 'a name', async ({ stack, admin }) => {
    const { token } = (await unprovenUser(stack, admin)).session;
    const json = { username: somebody('renamed').username };
    return () => send(stack, 'PATCH', '/v1/me', { token, json });
  }),
  scenario('me-update', 'a profile', asks('PATCH', '/v1/me', { lastName: 'Sato', locale: 'ja' })),
  scenario('language-update', '', asks('PUT', '/v1/language', { language: 'zh' })),
  scenario(
    'password-update',
    '',
    asks('PUT', '/v1/me/password', { currentPassword: password, password: 'a new horse battery' }),
    {
      reply: '401 invalid_credentials',
      because: 'the password that is typed as the present one is no longer it',
    },
  ),
  scenario('code-create', 'to prove', async ({ stack, admin }) => {
    const { session, email } = await unprovenUser(stack, admin);
    return () => askCode(stack, 'email-verify', email, { token: session.token });
  }),
  scenario('code-create', 'for a stranger', async ({ stack }) => {
    const { email } = somebody('stranger');
    return () => askCode(stack, 'password-reset', email);
  }),
  scenario(
    'email-verify',
    '',
    async (scene) => {
      const { token, typed } = await withCode(scene, 'email-verify');
      return () => send(scene.stack, 'POST', '/v1/email/verify', { token, json: typed });
    },
    { reply: '422 code_invalid', ...spent },
  ),
  scenario(
    'email-update',
    '',
    async (scene) => {
      const { token, email, typed } = await withCode(scene, 'email-update');
      return () => send(scene.stack, 'PUT', '/v1/me/email', { token, json: { email, ...typed } });
    },
    { reply: '422 code_invalid', ...spent },
  ),
  scenario(
    'password-reset',
    '',
    async (scene) => {
      const { email, typed } = await withCode(scene, 'password-reset');
      const json = { email, password: 'a new horse battery', ...typed };
      return () => send(scene.stack, 'POST', '/v1/password/reset', { json });
    },
    { reply: '422 code_invalid', ...spent },
  ),
  scenario(
    'me-delete',
    '',
    async ({ stack, admin }) => {
      const who = await mailedGuest(stack, admin);
      await putKey(stack, who);
      return () => send(stack, 'DELETE', '/v1/me', { token: who.session.token, json: { password } });
    },
    gone,
  ),
  scenario(
    'me-delete',
    'an administrator with invites',
    async ({ stack, admin }) => {
      const who = await secondAdmin(stack, admin);
      await openInvite(stack, who);
      await invite(stack, who, { emails: [somebody().email] });
      return () => send(stack, 'DELETE', '/v1/me', { token: who.session.token, json: { password } });
    },
    gone,
  ),
  scenario(
    'me-delete',
    'by the device alone',
    async ({ stack, admin }) => {
      const who = await deviceUser(stack, admin);
      return async () =>
        send(stack, 'DELETE', '/v1/me', { json: {}, ...(await asUser(stack, who, 'DELETE', '/v1/me')) });
    },
    gone,
  ),
  scenario('me-export', '', async ({ stack, admin }) => {
    const { token } = (await mailedGuest(stack, admin)).session;
    return () => send(stack, 'GET', '/v1/me/export', { token });
  }),
];
