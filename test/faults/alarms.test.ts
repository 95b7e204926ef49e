import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, expect, inject, onTestFinished, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { verifiedUser } from '../harness/invites/inviting.ts';
import { askCode } from '../harness/people/codes.ts';
import { invite, openInvite, register } from '../harness/people/people.ts';
import { quotaRow } from '../harness/relay/quotas.ts';
import { ask, keyHolder, relayToken } from '../harness/relay/relay.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { alarmsIn, rings, type Alarm } from '../harness/stack/alarms.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { waitSeconds } from '../harness/stack/outbox.ts';

const { stack, admin } = useAdmin('smallAccount');
let alarms: Map<string, Alarm>;
let hours = 0;
beforeAll(() => void (alarms = alarmsIn(inject('assemblies').smallAccount, stack())));
// Passes the longest period of an alarm, so that nothing counted by the test before matters.
beforeEach(async () => waitSeconds(stack(), (hours += 3) * 3_600));

const isRinging = (name: string, laterMs = 0): boolean =>
  rings(alarms.get(name)!, stack().metrics(), stack().clock.now() + laterMs);

/** Checks that `act` makes the alarm ring, that it did not ring before, and that it does not ring for ever. */
async function expectToRing(name: string, act: () => Promise<unknown>): Promise<void> {
  expect(isRinging(name), `${name} before`).toBe(false);
  await act();
  expect(isRinging(name), name).toBe(true);
  expect(isRinging(name, 2 * 3_600_000), `${name} later`).toBe(
    alarms.get(name)!.TreatMissingData === 'breaching',
  );
}
const times = async (count: number, act: () => Promise<unknown>): Promise<void> => {
  for (let done = 0; done < count; done += 1) await act();
};
/** How often a function was given rows of a stream. */
const ages = () =>
  stack()
    .metrics()
    .filter(({ name }) => name === 'IteratorAge').length;
const verify = () => sendEvent(stack(), 'invite-verify');
const watch = () => stack().invoke('health-watch');

test('R4.8 R8.2: StoreDown rings at the first 503, R8.2: ServerErrors at the fifth', async () => {
  await expectToRing('StoreDown', async () => {
    stack().faults([{ kind: 'error', service: 'dynamodb', function: 'invite-verify', times: 999 }]);
    expect((await verify()).status).toBe(503);
  });
  await expectToRing('ServerErrors', () => times(4, verify));
});

test('R1.8 R8.2: ServerErrors rings by what the relay answers with 500 itself, and not by the 500s of a provider', async () => {
  const who = await keyHolder(stack(), admin);
  const token = await relayToken(stack(), who);
  const statusOf = async () => (await ask(stack(), token)).status;
  stack().provider.behave([{ kind: 'error', status: 500, times: 9 }]);
  expect(await statusOf()).toBe(500);
  await times(5, statusOf);
  expect(isRinging('ServerErrors')).toBe(false);
  stack().provider.clear();

  const { config, documents } = insiderOf(stack());
  const row = await quotaRow(stack(), who.user.id);
  // No release has written such a row, so the error counts as our own mistake.
  const Item = { ...row, requests: null };
  await documents.send(new PutCommand({ TableName: config.table('quotas'), Item }));
  await expectToRing('ServerErrors', () => times(5, async () => expect(await statusOf()).toBe(500)));
});

test('C58 R8.2: FunctionErrors does not ring for answers that a provider breaks off, of which a caller must not take a part for the whole', async () => {
  const token = await relayToken(stack(), await keyHolder(stack(), admin));
  stack().provider.behave([{ kind: 'cut' }]);
  await times(5, () => expect(ask(stack(), token)).rejects.toThrow(/aborted|hang up|closed/));
  expect(isRinging('FunctionErrors')).toBe(false);
});

test('R4.8 R8.2: StoreDown rings where nobody asks for anything, by the clock', async () => {
  await expectToRing('StoreDown', async () => {
    stack().faults([{ kind: 'error', service: 'dynamodb', function: 'health-watch', times: 999 }]);
    await waitSeconds(stack(), 301);
  });
});

test('C53 R8.2: KeyUnusable rings when a key is disabled, and when nobody looks', async () => {
  const { kms, config } = insiderOf(stack());
  await expectToRing('KeyUnusable', async () => {
    await kms.send(new DisableKeyCommand({ KeyId: config.key('clients') }));
    onTestFinished(async () => {
      await kms.send(new EnableKeyCommand({ KeyId: config.key('clients') }));
      await waitSeconds(stack(), 1_000);
      expect(isRinging('KeyUnusable')).toBe(false);
    });
    await watch();
  });
});

test('R8.2: FunctionErrors and Failures ring for a job that fails each time', async () => {
  stack().faults([{ kind: 'error', service: 'ses', function: 'health-watch', times: 999 }]);
  expect(isRinging('Failures')).toBe(false);
  await expectToRing('FunctionErrors', () => waitSeconds(stack(), 301));
  expect(isRinging('Failures')).toBe(true);
  expect(stack().failed()).toMatchObject([{ function: 'health-watch', queue: 'failures' }]);
});

test('R8.2: Requests rings at more than the throttle of one route', async () => {
  const some = () => Promise.all(Array.from({ length: 20 }, () => send(stack(), 'GET', '/nowhere')));
  await expectToRing('Requests', () => times(45, some));
});

test('R8.2: StreamAge rings while a mail cannot be decided on', async () => {
  await expectToRing('StreamAge', async () => {
    stack().faults([{ kind: 'error', service: 'dynamodb', function: 'mail-send', times: 9_999 }]);
    const before = ages();
    const asked = invite(stack(), admin, { emails: ['waiting@example.com'] });
    await expect.poll(ages).toBeGreaterThan(before);
    stack().clock.offsetSeconds += 600;
    await asked;
    await stack().settle();
  });
});

test('R8.2: Lockouts rings at many tries for locked accounts', async () => {
  const wrong = () =>
    send(stack(), 'POST', '/v1/sessions', {
      json: { login: 'somebody', password: 'not their password', transport: 'token' },
    });
  await expectToRing('Lockouts', () => times(25, wrong));
});

test('R8.2: PermissionsRefused rings for a member who tries the doors of administrators', async () => {
  const { session } = await register(stack(), await openInvite(stack(), admin));
  await expectToRing('PermissionsRefused', () =>
    times(10, async () =>
      expect((await send(stack(), 'GET', '/v1/admin/users', { token: session.token })).status).toBe(403),
    ),
  );
});

test('C62 R8.2: MailsBounced rings at the fifth mail that comes back or is complained of', async () => {
  const emails = ['bounce+1', 'bounce+2', 'bounce+3', 'complaint+1', 'complaint+2'].map(
    (name) => `${name}@simulator.amazonses.com`,
  );
  await expectToRing('MailsBounced', async () => {
    await invite(stack(), admin, { emails });
    await stack().settle();
  });
});

test('C44 R8.2: MailsUndelivered rings when SES has refused the mail of a code until the code’s end', async () => {
  const { user } = await verifiedUser(stack(), admin);
  await expectToRing('MailsUndelivered', async () => {
    stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 99 }]);
    await askCode(stack(), 'password-reset', user.email!);
    await stack().settle();
    for (const minutes of [1, 5]) await waitSeconds(stack(), 60 * minutes + 61);
    expect(isRinging('MailsUndelivered')).toBe(false);
    await waitSeconds(stack(), 26 * 60);
  });
});

test('R8.2: MailsUndelivered rings when SES has refused a mail each time', async () => {
  await expectToRing('MailsUndelivered', async () => {
    stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 99 }]);
    await invite(stack(), admin, { emails: ['refused@example.com'] });
    await stack().settle();
    for (const minutes of [1, 5, 25, 125]) await waitSeconds(stack(), 60 * minutes + 61);
  });
});

test('R8.2: MailQuota rings where four fifths of the day’s mails are sent', async () => {
  await expectToRing('MailQuota', async () => {
    stack().setMailQuota(5);
    const emails = [1, 2, 3, 4].map((n) => `quota${n}@example.com`);
    await invite(stack(), admin, { emails });
    await stack().settle();
    await watch();
  });
});
