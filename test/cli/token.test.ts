import { beforeAll, expect, test } from 'vitest';
import { firstAdmin, type SignedIn } from '../harness/people/people.ts';
import { ask, keyHolder } from '../harness/relay/relay.ts';
import { useStack } from '../harness/stack/stack.ts';
import { latchkey, signedInTo } from './latchkey.ts';

const stack = useStack();
let admin: SignedIn;
beforeAll(async () => {
  admin = await firstAdmin(stack());
});

test('R6.7: a tool that takes a command for a key calls the relay by it: it prints a token and nothing else', async () => {
  const env = signedInTo(stack(), await keyHolder(stack(), admin));
  const ran = await latchkey(['token', '--audience', 'relay'], { env });
  expect(ran).toEqual({ code: 0, data: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/), prose: '' });
  expect((await ask(stack(), ran.data.trim())).status).toBe(200);
});

test('R6.7: a token is for an audience that the server knows, which is said otherwise', async () => {
  const env = signedInTo(stack(), admin);
  expect(await latchkey(['token'], { env })).toMatchObject({ code: 2, data: '' });
  const { code, data, prose } = await latchkey(['token', '--audience', 'nowhere'], { env });
  expect({ code, data }).toEqual({ code: 1, data: '' });
  expect(prose).toContain('latchkey, relay');
});
