import { createInvites, readInvite } from '../../../harness/invites/inviting.ts';
import { permanent, aboutMail, mailIdOf } from '../../../harness/invites/feedback.ts';
import { readEvent } from '../../../harness/stack/events.ts';
import { newAddress } from '../../../harness/people/guests.ts';
import { send } from '../../../harness/http/http.ts';
import {
  invite,
  mailedGuest,
  mailedToken,
  openInvite,
  register,
  somebody,
  tokenOf,
} from '../../../harness/people/people.ts';
import { randomUUID } from 'node:crypto';
import { daySeconds } from '../../../harness/stack/time.ts';
import { scenario, type Scenario } from '../scenario.ts';

const mailed = () => ({ emails: [somebody().email, somebody().email], role: 'general' });

const changes =
  (method: string, path: string, json?: object): Scenario['prepare'] =>
  async ({ stack, admin }) => {
    const [row] = await invite(stack, admin, { emails: [somebody().email] });
    await stack.settle();
    const { token } = admin.session;
    return () => send(stack, method, `/v1/admin/invites/${row!.id}${path}`, { token, json });
  };

const batches = (action: string): Scenario =>
  scenario('admin-invite-batch', action, async ({ stack, admin }) => {
    const rows = await invite(stack, admin, { emails: [somebody().email, somebody().email] });
    await stack.settle();
    const json = { ids: rows.map(({ id }) => id), action };
    return () => send(stack, 'POST', '/v1/admin/invites/batch', { token: admin.session.token, json });
  });

export const invites: readonly Scenario[] = [
  scenario(
    'admin-invite-create',
    'open ones, that a repeat makes anew',
    async ({ stack, admin }) =>
      () =>
        createInvites(stack, admin, { count: 2 }),
  ),
  scenario('admin-invite-create', 'for addresses', async ({ stack, admin }) => {
    const wish = mailed();
    return () => createInvites(stack, admin, wish);
  }),
  scenario('admin-invite-create', 'with an idempotency key', async ({ stack, admin }) => {
    const [wish, key] = [mailed(), randomUUID()];
    return () => createInvites(stack, admin, wish, { key });
  }),
  scenario('admin-invite-create', 'with a pass phrase and a key', async ({ stack, admin }) => {
    const key = randomUUID();
    const wish = { kind: 'device-only', passphrase: 'open sesame', count: 2 };
    return () => createInvites(stack, admin, wish, { key });
  }),
  scenario('admin-invite-revoke', '', changes('POST', '/revoke')),
  scenario('admin-invite-reissue', '', changes('POST', '/reissue', {})),
  scenario('admin-invite-reissue', 'to another address', async (scene) =>
    changes('POST', '/reissue', { email: somebody('corrected').email })(scene),
  ),
  scenario('admin-invite-delete', '', changes('DELETE', ''), {
    reply: '404 not_found',
    because: 'there is no such invite any more',
  }),
  ...['revoke', 'reissue', 'delete'].map(batches),
  scenario(
    'invite-create',
    '',
    async ({ stack, admin }) => {
      const who = await mailedGuest(stack, admin);
      const sent = { token: admin.session.token, json: { limits: { invites: 3 } } };
      await send(stack, 'PATCH', `/v1/admin/users/${who.user.id}`, sent);
      const json = { email: somebody().email };
      return () => send(stack, 'POST', '/v1/invites', { token: who.session.token, json });
    },
    {
      reply: '409 conflict',
      because: 'the address has an open invite by then, which the list of the member shows',
    },
  ),
  scenario('invite-verify', 'a link', async ({ stack, admin }) => {
    const json = { token: await openInvite(stack, admin) };
    return () => send(stack, 'POST', '/v1/invites/verify', { json });
  }),
  scenario('invite-verify', 'a code', async ({ stack, admin }) => {
    const [row] = await invite(stack, admin);
    const from = newAddress();
    return () => send(stack, 'POST', '/v1/invites/verify', { json: { code: row!.code }, from });
  }),
  scenario('invite-verify', 'a wrong code', async ({ stack }) => {
    const from = newAddress();
    return () => send(stack, 'POST', '/v1/invites/verify', { json: { code: 'WR0NGC0DE' }, from });
  }),
  scenario('invite-open', '', async ({ stack, admin }) => {
    const json = { token: await openInvite(stack, admin) };
    return () => send(stack, 'POST', '/v1/invites/open', { json });
  }),
  scenario('invite-renew', 'an expired one', async ({ stack, admin }) => {
    const { email } = somebody();
    await invite(stack, admin, { emails: [email] });
    const json = { token: await mailedToken(stack, email) };
    stack.clock.offsetSeconds += 8 * daySeconds;
    return () => send(stack, 'POST', '/v1/invites/renew', { json });
  }),
  scenario('invite-renew', 'a used one', async ({ stack, admin }) => {
    const who = somebody();
    const [row] = await invite(stack, admin, { emails: [who.email], send: false });
    const json = { token: tokenOf(row!.url) };
    await register(stack, json.token, who);
    return () => send(stack, 'POST', '/v1/invites/renew', { json });
  }),
  scenario(
    'admin-suppression-lift',
    '',
    async ({ stack, admin }) => {
      const { email } = somebody('bounced');
      const [row] = await invite(stack, admin, { emails: [email] });
      await stack.settle();
      const event = aboutMail(readEvent('mail-feedback'), await mailIdOf(stack, email), permanent);
      await stack.invoke('mail-feedback', event);
      await readInvite(stack, admin, row!.id);
      const json = { email, reason: 'The mailbox has room again' };
      return () => send(stack, 'POST', '/v1/admin/suppressions/lift', { token: admin.session.token, json });
    },
    { reply: '404 not_found', because: 'nothing holds the address back any more' },
  ),
];
