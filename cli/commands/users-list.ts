import type listUsers from '#functions/admin-user/list.ts';
import { pageOf } from '#shared/http/paging.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { listedUserResponse } from '#shared/users/show-managed-user.ts';
import { command } from '../command.ts';
import { limitOption, listItems, sayMore } from '../server/list-items.ts';

export const usersList = command({
  name: 'users list',
  summary: 'Lists users, newest first.',
  options: {
    email: { value: 'EMAIL', text: 'an address, or how one begins' },
    username: { value: 'NAME', text: 'a username, or how one begins' },
    ...limitOption,
  },
  notes: 'Times are UTC. With --email or --username, users come in the order of that.',
  async run({ options, server: connect }) {
    const { email, username, limit } = options;
    const query = { ...(email !== undefined && { email }), ...(username !== undefined && { username }) };
    const server = await connect();
    const { items, more } = await listItems<AnswerOf<typeof listUsers>>(
      server,
      '/v1/admin/users',
      query,
      pageOf(listedUserResponse),
      limit,
    );
    return {
      json: { items, more },
      head: ['ID', 'STATUS', 'ROLE', 'SINCE', 'USERNAME', 'EMAIL', 'VERIFIED'],
      rows: items.map((user) => [
        user.id,
        user.status,
        user.role,
        user.createdAt.slice(0, 16),
        user.username,
        user.email ?? '-',
        user.emailVerified ? 'yes' : 'no',
      ]),
      said: sayMore(more),
    };
  },
});
