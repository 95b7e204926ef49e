import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { auditOf } from '../harness/invites/inviting.ts';
import { chatgptKey, deleteKey, keyRows, keysOf, putKey } from '../harness/relay/keys.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

async function withKey(): Promise<SignedIn> {
  const who = await mailedGuest(stack(), admin);
  await putKey(stack(), who);
  return who;
}

test('204 R1.3: deletes a key, and leaves the others', async () => {
  const [who, other] = [await withKey(), await withKey()];
  await putKey(stack(), who, { key: chatgptKey() }, 'chatgpt');
  const answer = await sendEvent(stack(), 'key-delete', { token: who.session.token });
  expect(answer).toMatchObject({ status: 204, text: '' });
  expect(Object.keys(await keyRows(stack(), who))).toEqual(['chatgpt']);
  expect(await keysOf(stack(), other)).toHaveLength(1);
  expect((await auditOf(stack(), who.user.id)).at(-1)).toBe(`key.delete by ${who.user.id}`);
});

test('404: none is there, any more or at all', async () => {
  const who = await withKey();
  await deleteKey(stack(), who);
  const audit = await auditOf(stack(), who.user.id);
  for (const service of ['claude', 'chatgpt', 'mistral', 'constructor', '%00', 'x'.repeat(2_000)]) {
    const { status, json } = await deleteKey(stack(), who, service);
    const { code, title } = json ?? {};
    // The path and the method are right, so the error must not name them.
    expect({ status, code, title }, service).toEqual({
      status: 404,
      code: 'not_found',
      title: 'There is no such API key',
    });
  }
  expect(await auditOf(stack(), who.user.id)).toEqual(audit);
});

test('401: nobody', async () => {
  const who = await withKey();
  expect((await deleteKey(stack(), { session: { ...who.session, token: 'x' } })).status).toBe(401);
  expect(await keysOf(stack(), who)).toHaveLength(1);
});

test.each(['lost', 'conflict'] as const)(
  '204 C63: %s: it is deleted, and written down once',
  async (kind) => {
    const who = await withKey();
    stack().faults([{ kind, function: 'key-delete', action: 'TransactWriteItems' }]);
    expect((await deleteKey(stack(), who)).status).toBe(204);
    expect(await keyRows(stack(), who)).toEqual({});
    expect(await auditOf(stack(), who.user.id)).toHaveLength(2);
  },
);

test('503 C63: while the store fails nothing is deleted', async () => {
  const who = await withKey();
  stack().faults([{ kind: 'error', function: 'key-delete', action: 'TransactWriteItems', times: 3 }]);
  expect((await deleteKey(stack(), who)).status).toBe(503);
  expect(await keysOf(stack(), who)).toHaveLength(1);
});
