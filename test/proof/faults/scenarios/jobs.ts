import { aboutMail, delivery, mailIdOf, permanent } from '../../../harness/invites/feedback.ts';
import { createInvites } from '../../../harness/invites/inviting.ts';
import { askCode } from '../../../harness/people/codes.ts';
import { invite, mailedGuest, somebody } from '../../../harness/people/people.ts';
import { send } from '../../../harness/http/http.ts';
import { putKey } from '../../../harness/relay/keys.ts';
import { readEvent } from '../../../harness/stack/events.ts';
import { outbox, waitSeconds } from '../../../harness/stack/outbox.ts';
import { daySeconds } from '../../../harness/stack/time.ts';
import { invoked, scenario, type Act, type Scenario, type Scene } from '../scenario.ts';

/** Waits longer than a mailer's claim on a mail, and than the pauses after the first, second and third refusal by SES. */
const nextTriesSeconds = [130, 310, 1510];

/** Owes a mail once and waits for it. A repeat waits until the mail is due again. */
function delivers({ stack }: Scene, email: string, owe: () => Promise<unknown>, refused = 0): Act {
  let times = 0;
  return async () => {
    if (times === 0) await owe();
    else await waitSeconds(stack, nextTriesSeconds[times - 1 + refused]!);
    times += 1;
    await stack.settle();
    const rows = await outbox(stack, email);
    const areSent = rows.length > 0 && rows.every(({ state }) => state === 'sent');
    return { status: areSent ? 200 : 503, headers: {}, json: {}, text: JSON.stringify(rows) };
  };
}

/** A mail that the mailer did not take or send waits for the sweep. */
const mails = (id: string, prepare: Scenario['prepare']): Scenario => ({
  ...scenario(id, '', prepare, {
    reply: '200',
    because: 'it has gone out',
    // The row by which a person waiting for a code is told of the mail's delay. It comes and goes.
    aside: /^codes refused/,
  }),
  waits: true,
});

const reports = (way: string, told: typeof delivery): Scenario =>
  scenario('mail-feedback', way, async (scene) => {
    const { email } = somebody();
    await invite(scene.stack, scene.admin, { emails: [email] });
    await scene.stack.settle();
    const event = aboutMail(readEvent('mail-feedback'), await mailIdOf(scene.stack, email), told);
    return invoked(scene, 'mail-feedback', event);
  });

export const jobs: readonly Scenario[] = [
  mails('mail-send', async (scene) => {
    const { email } = somebody();
    return delivers(scene, email, () => createInvites(scene.stack, scene.admin, { emails: [email] }));
  }),
  mails('mail-hurry', async (scene) => {
    const { user } = await mailedGuest(scene.stack, scene.admin);
    const email = user.email!;
    return delivers(scene, email, () => askCode(scene.stack, 'password-reset', email));
  }),
  mails('mail-sweep', async (scene) => {
    const { email } = somebody();
    const { stack } = scene;
    stack.faults([{ kind: 'error', service: 'ses', action: 'SendEmail' }]);
    await createInvites(stack, scene.admin, { emails: [email] });
    await stack.settle();
    stack.faults([]);
    return delivers(scene, email, () => waitSeconds(stack, nextTriesSeconds[0]!), 1);
  }),
  reports('of a delivery', delivery),
  reports('of a bounce', permanent),
  scenario('key-remind', '', async (scene) => {
    const { stack } = scene;
    await putKey(stack, await mailedGuest(stack, scene.admin));
    await stack.settle();
    const remind = invoked(scene, 'key-remind', readEvent('key-remind'));
    return () => {
      // Only now: otherwise the schedule would send the reminder first.
      stack.clock.offsetSeconds = 28 * daySeconds;
      return remind();
    };
  }),
  scenario('deployment-probe', 'that invites', async (scene) =>
    invoked(scene, 'deployment-probe', { do: 'invite' }),
  ),
  scenario('deployment-probe', 'that ends', async (scene) => {
    const made = (await scene.stack.invoke('deployment-probe', { do: 'invite' })) as { invite: string };
    await scene.stack.settle();
    return invoked(scene, 'deployment-probe', { do: 'follow', invite: made.invite, end: true });
  }),
  {
    ...scenario('key-rotate', '', async (scene) => invoked(scene, 'key-rotate', readEvent('key-rotate'))),
    onNewStore: true,
  },
  {
    ...scenario('admin-bootstrap', '', async (scene) => {
      await scene.stack.reset();
      return invoked(scene, 'admin-bootstrap', readEvent('admin-bootstrap'));
    }),
    onNewStore: true,
  },
  {
    ...scenario('admin-stats-read', 'of days that are over', async ({ stack, admin }) => {
      stack.clock.offsetSeconds += 3 * daySeconds;
      return () => send(stack, 'GET', '/v1/admin/stats?days=4', { token: admin.session.token });
    }),
    onNewStore: true,
  },
  scenario('health-watch', '', async (scene) => invoked(scene, 'health-watch', readEvent('health-watch'))),
];
