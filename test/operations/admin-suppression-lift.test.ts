import { expect, test } from 'vitest';
import { aboutMail, complaint, isSuppressed, mailIdOf } from '../harness/invites/feedback.ts';
import { changeInvite } from '../harness/invites/invites.ts';
import { verifiedUser } from '../harness/invites/inviting.ts';
import { send } from '../harness/http/http.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { readEvent, sendEvent } from '../harness/stack/events.ts';
import type { ShownEntry } from '../harness/people/managing.ts';
import { invite, somebody } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

const lift = (body: object) =>
  sendEvent<{ delivery: string; since: string; code?: string }>(stack(), 'admin-suppression-lift', {
    token: admin.session.token,
    body,
  });
const lastEntry = async () => {
  const query = '?action=suppression.lift&limit=1';
  const { json } = await send<{ items: ShownEntry[] }>(stack(), 'GET', `/v1/admin/audit${query}`, {
    token: admin.session.token,
  });
  return json.items[0];
};

test('200 C62: mail goes out again where an administrator lifts it, and the trail says why', async () => {
  const email = 'bounce+lift@simulator.amazonses.com';
  const [row] = await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  expect(await isSuppressed(stack(), email)).toBe(true);

  const { status, json } = await lift({ email: email.toUpperCase() });
  expect({ status, json }).toMatchObject({ status: 200, json: { email, delivery: 'bounced' } });
  expect(await isSuppressed(stack(), email)).toBe(false);
  const { reason } = JSON.parse(readEvent('admin-suppression-lift').body!) as { reason: string };
  expect(await lastEntry()).toMatchObject({
    outcome: 'done',
    actorId: admin.user.id,
    subjectId: null,
    reason,
  });

  await changeInvite(stack(), admin, row!.id, 'reissue');
  await stack().settle();
  expect(stack().mails(email)).toHaveLength(2);
  expect(await isSuppressed(stack(), email), 'it came back once more').toBe(true);
});

test('403 C50: a member lifts nothing, and learns of nobody whether mail to them came back', async () => {
  const email = 'bounce+member@simulator.amazonses.com';
  await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  const { session } = await verifiedUser(stack(), admin);
  for (const asked of [email, 'nobody@example.com'])
    expect(
      await sendEvent(stack(), 'admin-suppression-lift', { token: session.token, body: { email: asked } }),
    ).toMatchObject({ status: 403, json: { code: 'forbidden' } });
  expect(await isSuppressed(stack(), email)).toBe(true);
});

test('200 C62: for a member the trail names the member', async () => {
  const who = somebody();
  const member = await verifiedUser(stack(), admin, who);
  await stack().settle();
  const report = aboutMail(readEvent('mail-feedback'), await mailIdOf(stack(), who.email), complaint);
  await stack().invoke('mail-feedback', report);
  expect(await lift({ email: who.email })).toMatchObject({ status: 200, json: { delivery: 'complained' } });
  expect(await lastEntry()).toMatchObject({ subjectId: member.user.id });
});

test('404: where mail is not held back there is nothing to lift', async () => {
  expect(await lift({ email: 'nobody@example.com' })).toMatchObject({
    status: 404,
    json: { code: 'not_found' },
  });
});

test.each([
  { reason: '' },
  { reason: 'a\nb' },
  { reason: '\u202e' },
  { reason: 'x'.repeat(201) },
  { email: 'nobody' },
])('422: %j', async (body) => {
  expect(await lift(body)).toMatchObject({ status: 422, json: { code: 'invalid' } });
});
