import { expect, test } from 'vitest';
import { openerOf } from '#cli/browser/open.ts';
import { exit } from '#cli/failures.ts';
import { waitForPerson } from '#cli/terminal/wait-for-person.ts';

test.each([
  ['linux', {}, undefined],
  ['linux', { DISPLAY: ':0' }, ['xdg-open']],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open']],
  ['linux', { SSH_CONNECTION: '::1', BROWSER: 'w3m' }, ['w3m']],
  ['darwin', {}, ['open']],
  ['darwin', { SSH_CONNECTION: '::1' }, undefined],
  ['darwin', { BROWSER: 'none' }, undefined],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler']],
] as const)('R6.7: on %s with %j the browser is opened by %j', (platform, env, opener) => {
  expect(openerOf(env, platform)).toEqual(opener);
});

test('R6.7: who never comes back is not waited for without end', async () => {
  const { promise: never } = Promise.withResolvers<never>();
  const listeners = process.listenerCount('SIGINT');
  await expect(waitForPerson(() => never, 1)).rejects.toMatchObject({
    code: exit.refused,
    message: expect.stringContaining('Nobody has signed in'),
  });
  expect(process.listenerCount('SIGINT')).toBe(listeners);
});

test('R6.7: a Ctrl-C that comes once more, from the launcher, does not end the process before its last words', async () => {
  const listeners = process.listeners('SIGINT');
  const ask = () => {
    process.emit('SIGINT');
    return new Promise<never>(() => undefined);
  };
  await expect(waitForPerson(ask, 60_000)).rejects.toThrow('Stopped.');
  const added = process.listeners('SIGINT').filter((listener) => !listeners.includes(listener));
  for (const listener of added) process.off('SIGINT', listener);
  expect(added).toHaveLength(1);
});

test('R6.7: a Ctrl-C that comes while the person is being asked ends it in words', async () => {
  const ask = () => {
    process.emit('SIGINT');
    return new Promise<never>(() => undefined);
  };
  await expect(waitForPerson(ask, 60_000)).rejects.toMatchObject({
    code: exit.interrupted,
    message: 'Stopped.',
  });
});
