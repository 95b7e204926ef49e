import type listInvites from '#functions/admin-invite/list.ts';
import { pageOf } from '#shared/http/paging.ts';
import { inviteFilters } from '#shared/invites/invite.ts';
import { inviteResponse } from '#shared/invites/show-invite.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { command } from '../command.ts';
import { inviteHead, inviteRow } from '../invites/invite-rows.ts';
import { limitOption, listItems, sayMore } from '../server/list-items.ts';

export const invitesList = command({
  name: 'invites list',
  summary: 'Lists invites, newest first.',
  options: {
    status: { value: 'STATUS', text: inviteFilters.join(', '), choices: inviteFilters },
    email: { value: 'EMAIL', text: 'an address, or how one begins' },
    ...limitOption,
  },
  notes: `
Times are UTC. "undelivered" are those whose mail came back or was given up. With --json, "more" says whether there are
more than are shown.`,
  async run({ options, server: connect }) {
    const { status, email, limit } = options;
    const query = { ...(status && { status }), ...(email !== undefined && { email }) };
    const { items, more } = await listItems<AnswerOf<typeof listInvites>>(
      await connect(),
      '/v1/admin/invites',
      query,
      pageOf(inviteResponse),
      limit,
    );
    return { json: { items, more }, head: inviteHead, rows: items.map(inviteRow), said: sayMore(more) };
  },
});
