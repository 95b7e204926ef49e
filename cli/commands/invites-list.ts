import { inBatches } from '#shared/batches.ts';
import { command } from '../command.ts';
import { inviteHead, inviteRow } from '../invites/invite-rows.ts';
import { fetchLink, linksAtOnce } from '../invites/link-table.ts';
import { filterOptions, findInvites } from '../invites/select-invites.ts';
import { limitOption, sayMore } from '../server/list-items.ts';

export const invitesList = command({
  name: 'invites list',
  summary: 'Lists invites, newest first; by --status, except undelivered, the last to end first.',
  options: {
    ...filterOptions,
    ...limitOption,
    links: { text: 'with the links of those that are open' },
  },
  notes: `
Times are UTC. "undelivered" are those whose mail came back or was given up. With --json, "more" says whether there are
more than are shown. A link that is shown does not prove a mailbox, one that was mailed does.`,
  async run({ options, out, server: connect }) {
    const { limit, links, ...filter } = options;
    const server = await connect();
    const { items, more } = await findInvites(server, filter, limit);
    const said = sayMore(more);
    if (!links) return { json: { items, more }, head: inviteHead, rows: items.map(inviteRow), said };
    const linked = await out.progress(items.length, 'links', (progress) =>
      inBatches(items, linksAtOnce, async (invite) => {
        const link = invite.status === 'active' ? await fetchLink(server, invite.id) : undefined;
        progress.advance();
        return { ...invite, ...link };
      }),
    );
    return {
      json: { items: linked, more },
      head: [...inviteHead, 'LINK'],
      rows: linked.map((invite) => [...inviteRow(invite), ('url' in invite && invite.url) || '-']),
      said,
    };
  },
});
