import type readUser from '#functions/admin-user/read.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { personResponse } from '#shared/account/show-person.ts';
import { callLimitNames } from '#shared/users/call-limits.ts';
import { command } from '../command.ts';

export const usersShow = command({
  name: 'users show',
  summary: 'Shows one user with limits, use, sessions and apps.',
  operands: '<ID>',
  options: {},
  async run({ operands: [id = ''], server: connect }) {
    const server = await connect();
    const user = await server.get<AnswerOf<typeof readUser>>(
      `/v1/admin/users/${encodeURIComponent(id)}`,
      personResponse,
    );
    const { limits, quota, sessions, apps, invitedBy, ...fields } = user;
    const calls = callLimitNames.map((name) => {
      const { used, limit, resetsAt } = quota[name];
      return [name, `${used} of ${limit}${resetsAt === null ? '' : `, anew at ${resetsAt}`}`];
    });
    return {
      json: user,
      rows: [
        ...Object.entries(fields).map(([name, value]) => [name, value === '' ? '-' : String(value ?? '-')]),
        ['invited by', invitedBy?.username ?? '-'],
        ['invites', `${user.invitesSent} of ${limits.invites}`],
        ...calls,
        ['sessions', `${sessions.count}, last used ${sessions.lastSeenAt ?? 'never'}`],
        ...apps.map(({ title, firstSignInAt, lastSignInAt }) => [
          'app',
          `${title}, first ${firstSignInAt}, last ${lastSignInAt}`,
        ]),
      ],
    };
  },
});
