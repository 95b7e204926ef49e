import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { redemptionRef } from '#shared/invites/invite-rows.ts';
import { userKey } from '#shared/users/user-rows.ts';
import { readBranch, revokeBranch } from '../harness/people/branches.ts';
import { verifiedUser } from '../harness/invites/inviting.ts';
import { changeUser } from '../harness/people/managing.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { insiderOf } from '../harness/stack/insider.ts';

const { stack, admin } = useAdmin('usersInvite');

test('200 C97: a branch larger than a preview says so, and is shut out in several steps', async () => {
  const root = await verifiedUser(stack(), admin);
  const { config, documents } = insiderOf(stack());
  const [users, invites] = [config.table('users'), config.table('invites')];
  const ids = Array.from({ length: 205 }, (_, n) => `crowd${n}`);
  for (let start = 0; start < ids.length; start += 10) {
    const some = ids.slice(start, start + 10);
    const put = (Item: object) => ({ PutRequest: { Item } });
    const RequestItems = {
      [users]: some.map((id) =>
        put({ ...userKey(id), id, username: id, role: 'general', status: 'active', epoch: 0 }),
      ),
      [invites]: some.map((id, n) =>
        put({
          ...redemptionRef(config, 'crowd', id).Key,
          userId: id,
          issuerId: root.user.id,
          redeemedAt: start + n,
          createdAt: start + n,
        }),
      ),
    };
    await documents.send(new BatchWriteCommand({ RequestItems }));
  }
  await changeUser(stack(), admin, 'crowd7', { disabled: true });
  const steps = [];
  for (let truncated = true, n = 0; truncated && n < 5; n += 1) {
    const branch = (await readBranch(stack(), admin, root.user.id)).json;
    const json = { preview: branch.preview, disableUsers: true };
    const { disabledUsers } = (await revokeBranch(stack(), admin, root.user.id, json)).json;
    steps.push([branch.users.length, branch.truncated, disabledUsers]);
    truncated = disabledUsers > 0;
  }
  expect(steps).toEqual([
    [200, true, 200],
    [200, true, 4],
    [200, true, 0],
  ]);
});
