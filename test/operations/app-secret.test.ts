import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { readEvent } from '../harness/stack/events.ts';

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
