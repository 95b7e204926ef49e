import type revokeInvite from '#functions/admin-invite/revoke.ts';
import { inviteResponse } from '#shared/invites/show-invite.ts';
import { inviteStates } from '#shared/invites/states.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { command } from '../command.ts';
import { invitePath } from '../invites/invite-path.ts';
import { selectIds, selectionNotes, selectionOptions } from '../invites/select-invites.ts';
import { changeEach } from '../server/change-each.ts';

export const invitesRevoke = command({
  name: 'invites revoke',
  summary: 'Withdraws invites: their links let nobody in any more.',
  operands: '[ID...]',
  options: selectionOptions,
  notes: `
  latchkey invites revoke --note "Spring fair"${selectionNotes}`,
  async run({ operands, options, out, server: connect }) {
    const server = await connect();
    const ids = await selectIds(server, operands, options, {
      name: 'invites revoke',
      verb: 'Withdraw',
      applies: ({ status }) => inviteStates[status].revoke === 'done',
    });
    const { done, items, said, exit } = await changeEach(ids, {
      server,
      out,
      isRepeatable: true,
      ifLost: (id) => `${id} may be withdrawn: latchkey invites show ${id}`,
      change: (id, { server, ...asking }) =>
        server.send<AnswerOf<typeof revokeInvite>>('POST', invitePath(id, '/revoke'), {
          schema: inviteResponse,
          ...asking,
        }),
    });
    return {
      json: { items },
      rows: done.map(({ id, status }) => [id, status]),
      said: ids.length === 0 ? ['No invite is to be withdrawn.'] : said,
      exit,
      done: [`Withdrawn: ${done.length}.`, 'latchkey invites list --status revoked'],
    };
  },
});
