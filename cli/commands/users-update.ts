import type updateUser from '#functions/admin-user/update.ts';
import { settingLimits } from '#shared/deployment/limits.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { managedUserResponse } from '#shared/users/show-managed-user.ts';
import { roles } from '#shared/users/user.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../failures.ts';
import { wholeNumber } from '../option-values.ts';
import { changeEach } from '../server/change-each.ts';

export const usersUpdate = command({
  name: 'users update',
  summary: 'Changes users: role, access, verification by hand, sessions and limits.',
  operands: '<ID...>',
  options: {
    role: { value: 'ROLE', text: roles.join(', '), choices: roles },
    disable: { text: 'shut them out; their sessions end' },
    enable: { text: 'let them in again' },
    verify: { text: 'vouch for their mailbox' },
    'end-sessions': { text: 'end every session' },
    invites: {
      value: 'N',
      text: 'invites that they may send in all, or default',
      read: (text: string, flag: string) =>
        text === 'default' ? null : wholeNumber(0, settingLimits.userInvites)(text, flag),
    },
  },
  notes: `
All that is said is done at once or not at all. The last administrator can neither be disabled nor lose the role. With
several ids, one that the server refuses does not stop the others.`,
  async run({ operands, options, out, server: connect }) {
    const { role, disable, enable, verify, 'end-sessions': endSessions, invites } = options;
    if (disable && enable) throw wrongUsage('--disable and --enable exclude each other.');
    const body = {
      ...(role && { role }),
      ...((disable || enable) && { disabled: disable }),
      ...(verify && { emailVerified: true }),
      ...(endSessions && { endSessions }),
      ...(invites !== undefined && { limits: { invites } }),
    };
    if (Object.keys(body).length === 0) throw wrongUsage('users update wants at least one change.');
    const server = await connect();
    const { items, done, said, exit } = await changeEach(operands, out, (id) =>
      server.send<AnswerOf<typeof updateUser>>('PATCH', `/v1/admin/users/${encodeURIComponent(id)}`, {
        schema: managedUserResponse,
        body,
        repeatable: true,
      }),
    );
    return {
      json: { items },
      head: ['ID', 'USERNAME', 'STATUS', 'ROLE'],
      rows: done.map((user) => [user.id, user.username, user.disabled ? 'disabled' : 'active', user.role]),
      said,
      exit,
      done: [`Changed: ${done.length}.`, 'latchkey users list'],
    };
  },
});
