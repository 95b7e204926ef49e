import * as z from 'zod/mini';
import { inviteFilters } from '#shared/domain/invite.ts';
import { inviteResponse } from '#shared/http/invite.ts';
import { command } from '../command.ts';
import { inviteHead, inviteRow, type ShownInvite } from '../invite-rows.ts';

const schema = z.object({ items: z.array(inviteResponse), nextCursor: z.nullable(z.string()) });

/** Invites in one request. */
const most = 100;

export const invitesList = command({
  name: 'invites list',
  summary: 'Lists invites, newest first.',
  options: {
    status: { value: 'STATUS', text: inviteFilters.join(', ') },
    email: { value: 'EMAIL', text: 'an address, or how one begins' },
    limit: { value: 'N', text: 'how many at most, or all; 25 unless it is said' },
  },
  notes: `
Times are UTC. "undelivered" are those whose mail came back or was given up. With --json, "more" says whether there are
more than are shown.`,
  async run({ options, server: connect }) {
    const status = options.choice('status', inviteFilters);
    const email = options.text('email');
    const limit = options.text('limit') === 'all' ? Infinity : (options.whole('limit', 1, 1_000_000) ?? 25);
    const server = await connect();
    const items: ShownInvite[] = [];
    let cursor: string | null = '';
    while (cursor !== null && items.length < limit) {
      const query = new URLSearchParams({
        limit: String(Math.min(most, limit - items.length)),
        ...(status && { status }),
        ...(email !== undefined && { email }),
        ...(cursor !== '' && { cursor }),
      });
      const answer: z.output<typeof schema> = await server.get(`/v1/admin/invites?${String(query)}`, schema);
      items.push(...answer.items);
      cursor = answer.nextCursor;
    }
    const more = cursor !== null;
    const said = more ? ['There may be more: --limit all shows them.'] : [];
    return { json: { items, more }, head: inviteHead, rows: items.map(inviteRow), said };
  },
});
