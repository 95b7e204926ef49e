import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import { expect, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { numberOf, textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });

const make = async (): Promise<string> => {
  const { token } = admin.session;
  const { json } = await send<{ token: string }>(stack(), 'POST', '/v1/tokens', {
    json: { audience: 'latchkey' },
    token,
  });
  return json.token;
};
const published = async () =>
  (await send<JSONWebKeySet>(stack(), 'GET', '/.well-known/jwks.json')).json.keys.map(({ kid }) => kid);

/** As the operating guide says. */
async function deleteSigners(): Promise<void> {
  const { config, documents } = insiderOf(stack());
  const { signers = [] } = await stack().dumpTables();
  for (const row of signers) {
    const Key = { pk: textOf(row, 'pk'), number: numberOf(row, 'number') };
    await documents.send(new DeleteCommand({ TableName: config.table('signers'), Key }));
  }
}

test('401 C30: a key that an operator deletes signs nothing, and is believed by nobody here, after five minutes', async () => {
  const me = async (token: string) => (await send(stack(), 'GET', '/v1/me', { token })).status;
  const begun = stack().clock.now();
  stack().clock.standAt(begun);
  // Enough calls for each warm instance.
  const [token = ''] = await Promise.all([make(), make(), make(), make()]);
  expect(await me(token)).toBe(200);
  await deleteSigners();
  stack().clock.standAt(begun + 300_000);
  const fresh = await Promise.all([make(), make(), make(), make()]);
  const kids = new Set(fresh.map((one) => decodeProtectedHeader(one).kid));
  expect([...kids]).toEqual(await published());
  const [later = ''] = fresh;
  expect([await me(token), await me(later)]).toEqual([401, 200]);
});
