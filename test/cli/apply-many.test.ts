import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { csvFile, latchkey, signedInTo } from './latchkey.ts';
import { addresses, expectOneEach } from './one-each.ts';
import { volume } from '../harness/volume.ts';

const { stack, admin } = useAdmin();
const many = volume(1_000, 120);

test(
  'C51: hundreds of people by CSV are invited, mailed and listed in one run',
  { timeout: 120_000 },
  async () => {
    const emails = addresses('bulk', many);
    const file = csvFile(['email', ...emails].join('\n'));
    const { code, data, prose } = await latchkey(['apply', file, '--json'], {
      env: signedInTo(stack(), admin),
    });
    expect(code, prose).toBe(0);
    expect(JSON.parse(data).counts).toEqual({ invited: many });
    await expectOneEach(stack(), admin, 'bulk', emails);
    const list = await latchkey(['invites', 'list', '--email', 'bulk', '--limit', 'all', '--json'], {
      env: signedInTo(stack(), admin),
    });
    expect(JSON.parse(list.data)).toMatchObject({ more: false, items: { length: many } });
  },
);
