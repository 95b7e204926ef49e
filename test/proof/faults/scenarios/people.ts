import { unprovenUser } from '../../../harness/people/accounts.ts';
import { changeUser } from '../../../harness/people/managing.ts';
import { send } from '../../../harness/http/http.ts';
import { openInvite, register, secondAdmin } from '../../../harness/people/people.ts';
import { scenario, type Scenario } from '../scenario.ts';

const changes = (way: string, json: object): Scenario =>
  scenario('admin-user-update', way, async ({ stack, admin }) => {
    const { user } = await unprovenUser(stack, admin);
    return () => changeUser(stack, admin, user.id, json);
  });

export const people: readonly Scenario[] = [
  changes('to an administrator', { role: 'admin', emailVerified: true }),
  changes('shuts out', { disabled: true, endSessions: true }),
  changes('grants', { limits: { requests: 5, questions: null, invites: 2 } }),
  scenario('admin-user-update', 'demotes', async ({ stack, admin }) => {
    const { user } = await secondAdmin(stack, admin);
    return () => changeUser(stack, admin, user.id, { role: 'general' });
  }),
  scenario('admin-branch-revoke', '', async ({ stack, admin }) => {
    const issuer = await secondAdmin(stack, admin);
    await register(stack, await openInvite(stack, issuer));
    await openInvite(stack, issuer);
    const { token } = admin.session;
    const path = `/v1/admin/users/${issuer.user.id}/branch`;
    // After a half-done act, the branch differs from its preview, so each try asks for the preview again.
    return async () => {
      const { json } = await send<{ preview: string }>(stack, 'GET', path, { token });
      const body = { preview: json.preview, disableUsers: true };
      return send(stack, 'POST', `${path}/revoke`, { token, json: body });
    };
  }),
];
