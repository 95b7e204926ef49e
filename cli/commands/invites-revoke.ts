import { inviteResponse } from '#shared/invites/show-invite.ts';
import { command } from '../command.ts';
import { eachId, pathOf } from '../server/change-each.ts';

export const invitesRevoke = command({
  name: 'invites revoke',
  summary: 'Withdraws invites: their links let nobody in any more.',
  operands: '<ID...>',
  options: {},
  async run({ operands, out, server: connect }) {
    const server = await connect();
    const { items, done, exit } = await eachId(operands, out, (id) =>
      server.send('POST', pathOf(id, '/revoke'), { schema: inviteResponse, repeatable: true }),
    );
    return { json: { items }, rows: done.map(({ id, status }) => [id, status]), exit };
  },
});
