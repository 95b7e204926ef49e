import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { post } from '../harness/apps/door.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { readEvent } from '../harness/stack/events.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack } = useAdmin();
const ask = (payload: object) => stack().invoke('app-secret', payload);

test('R6.4: tells a secret once, and the next one if it is asked for', async () => {
  const first = await ask(readEvent('app-secret'));
  expect(first).toEqual({
    clientId: 'intranet',
    generation: 1,
    secret: expect.stringMatching(/^[\w-]{43}$/) as string,
  });
  expect(await ask({ app: 'intranet' })).toEqual({ refused: 'shown_already' });
  expect(await ask({ app: 'intranet', renew: true })).toMatchObject({ generation: 2 });
});

test('has none for an app that keeps no secret, or that is not known', async () => {
  expect(await ask({ app: 'portal' })).toEqual({ refused: 'public_app' });
  expect(await ask({ app: 'latchkey-cli' })).toEqual({ refused: 'public_app' });
  expect(await ask({ app: 'nobody' })).toEqual({ refused: 'unknown_app' });
});

describe('R6.4: while an app is given a new secret', () => {
  const renew = async () => ((await ask({ app: 'intranet', renew: true })) as { secret: string }).secret;
  /** Whether the provider accepts this secret of the app. */
  const counts = async (client_secret: string) =>
    (await post(stack(), '/oauth/revoke', { client_id: 'intranet', client_secret, token: 'none' })).status ===
    200;

  test('the one that it has counts for a day, however often another one is made', async () => {
    const madeAt = stack().clock.now();
    stack().clock.standAt(madeAt);
    const used = await renew();
    const lost = await renew();
    const last = await renew();
    expect(await Promise.all([used, lost, last].map(counts))).toEqual([true, true, true]);
    stack().clock.standAt(madeAt + daySeconds * 1_000 - 1);
    expect(await counts(used)).toBe(true);
    const later = await renew();
    stack().clock.standAt(madeAt + daySeconds * 1_000);
    expect(await Promise.all([used, lost, last, later].map(counts))).toEqual([false, false, true, true]);
  });

  test('none that it had counts any more where they are to end, as one was stolen', async () => {
    const had = [await renew(), await renew(), await renew()];
    // Instances that have accepted these secrets must not rely on that later.
    expect(await Promise.all(had.map(counts))).toEqual([true, true, true]);
    const { secret } = (await ask({ app: 'intranet', renew: true, endsFormer: true })) as { secret: string };
    expect(await Promise.all([...had, secret].map(counts))).toEqual([false, false, false, true]);
    // The next secret is valid beside this one, and revives none of the ended ones.
    const next = await renew();
    expect(await Promise.all([...had, secret, next].map(counts))).toEqual([false, false, false, true, true]);
  });

  test('an instance asks KMS once for one that is right, the one before it too, and then for no wrong one', async () => {
    const former = ((await ask({ app: 'intranet', renew: true, endsFormer: true })) as { secret: string })
      .secret;
    const secret = await renew();
    await stack().restart('oauth-revoke');
    const asksFor = async (one: string) => {
      stack().clearCalls();
      const isRight = await counts(one);
      const asked = stack()
        .calls()
        .filter(({ action }) => action === 'VerifyMac').length;
      return [isRight, asked > 0];
    };
    const wrong = 'x'.repeat(42) + 'w';
    expect(await asksFor(wrong)).toEqual([false, true]);
    expect(await asksFor(former)).toEqual([true, true]);
    expect(await asksFor(former)).toEqual([true, false]);
    expect(await asksFor(secret)).toEqual([true, true]);
    expect(await asksFor(secret)).toEqual([true, false]);
    expect(await asksFor(wrong)).toEqual([false, false]);
  });

  test('two operators who make one at once get two, and both count', async () => {
    const used = await renew();
    let other: string | undefined;
    const mine = await meanwhile(
      stack(),
      { function: 'app-secret', action: 'UpdateItem' },
      renew,
      async () => {
        other = await renew();
      },
    );
    expect(await Promise.all([used, other!, mine].map(counts))).toEqual([true, true, true]);
    expect(mine).not.toBe(other);
  });

  test('what a build before this one has written counts as it did', async () => {
    const [former, last] = [await renew(), await renew()];
    const { config, documents } = insiderOf(stack());
    await documents.send(
      new UpdateCommand({
        TableName: config.table('grants'),
        Key: { userId: 'app#intranet', id: 'secret' },
        UpdateExpression: 'REMOVE former SET previousUntil = :until',
        ConditionExpression: 'attribute_exists(former)',
        ExpressionAttributeValues: { ':until': Date.now() + daySeconds * 1_000 },
      }),
    );
    expect(await Promise.all([former, last].map(counts))).toEqual([true, true]);
  });
});
