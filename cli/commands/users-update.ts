import type updateUser from '#functions/admin-user/update.ts';
import { settingLimits } from '#shared/deployment/limits.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { managedUserResponse } from '#shared/users/show-managed-user.ts';
import { callLimitNames } from '#shared/users/call-limits.ts';
import { roles } from '#shared/users/user.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../failures.ts';
import { wholeNumber } from '../option-values.ts';
import { changeEach } from '../server/change-each.ts';

const limit = (text: string, most: number) => ({
  value: 'N',
  text: `${text}, or default`,
  // Commander takes null for a flag without a value.
  read: (given: string, flag: string) => (given === 'default' ? given : wholeNumber(0, most)(given, flag)),
});

export const usersUpdate = command({
  name: 'users update',
  summary: 'Changes users: role, access, verification by hand, lock, device, sessions and limits.',
  operands: '<ID...>',
  options: {
    role: { value: 'ROLE', text: roles.join(', '), choices: roles },
    disable: { text: 'shut them out; their sessions end' },
    enable: { text: 'let them in again' },
    verify: { text: 'vouch for their mailbox' },
    unlock: { text: 'let them try again whom wrong passwords have locked out' },
    unbind: { text: 'take the account off its device; the next one can be any' },
    'end-sessions': { text: 'end every session' },
    invites: limit('invites that they may send in all', settingLimits.userInvites),
    requests: limit('calls that they may have relayed in a window', settingLimits.userCalls),
    questions: limit('of these, questions in a day', settingLimits.userCalls),
  },
  notes: `
All that is said is done at once or not at all. The last administrator can neither be disabled nor lose the role. With
several ids, one that the server refuses does not stop the others.`,
  async run({ operands, options, out, server: connect }) {
    const { role, disable, enable, verify, unlock, unbind, 'end-sessions': endSessions } = options;
    if (disable && enable) throw wrongUsage('--disable and --enable exclude each other.');
    const limits = Object.fromEntries(
      (['invites', ...callLimitNames] as const).flatMap((name) =>
        options[name] === undefined ? [] : [[name, options[name] === 'default' ? null : options[name]]],
      ),
    );
    const body = {
      ...(role && { role }),
      ...((disable || enable) && { disabled: disable }),
      ...(verify && { emailVerified: true }),
      ...(unlock && { unlock }),
      ...(unbind && { device: null }),
      ...(endSessions && { endSessions }),
      ...(Object.keys(limits).length > 0 && { limits }),
    };
    if (Object.keys(body).length === 0) throw wrongUsage('users update wants at least one change.');
    const server = await connect();
    const { items, done, said, exit } = await changeEach(operands, {
      server,
      out,
      isRepeatable: true,
      ifLost: (id) => `${id} may be changed: latchkey users show ${id}`,
      change: (id, { server, ...asking }) =>
        server.send<AnswerOf<typeof updateUser>>('PATCH', `/v1/admin/users/${encodeURIComponent(id)}`, {
          schema: managedUserResponse,
          body,
          ...asking,
        }),
    });
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
