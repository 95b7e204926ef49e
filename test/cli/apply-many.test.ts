import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { csvFile, latchkey, signedInTo } from './latchkey.ts';
import { addresses, expectOneEach } from './one-each.ts';

const { stack, admin } = useAdmin();

test('C51: 1,000 people by CSV are invited, mailed and listed in one run', { timeout: 120_000 }, async () => {
  const emails = addresses('bulk', 1_000);
  const file = csvFile(['email', ...emails].join('\n'));
  const { code, data, prose } = await latchkey(['apply', file, '--json'], {
    env: signedInTo(stack(), admin),
  });
  expect(code, prose).toBe(0);
  expect(JSON.parse(data).counts).toEqual({ invited: 1_000 });
  await expectOneEach(stack(), admin, 'bulk', emails);
  const list = await latchkey(['invites', 'list', '--email', 'bulk', '--limit', 'all', '--json'], {
    env: signedInTo(stack(), admin),
  });
  expect(JSON.parse(list.data)).toMatchObject({ more: false, items: { length: 1_000 } });
});
