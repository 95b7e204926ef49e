import type revokeInvite from '#functions/admin-invite/revoke.ts';
import { inviteResponse } from '#shared/invites/show-invite.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { command } from '../command.ts';
import { invitePath } from '../invites/invite-path.ts';
import { changeEach } from '../server/change-each.ts';

export const invitesRevoke = command({
  name: 'invites revoke',
  summary: 'Withdraws invites: their links let nobody in any more.',
  operands: '<ID...>',
  options: {},
  async run({ operands, out, server: connect }) {
    const server = await connect();
    const { items, done, said, exit } = await changeEach(operands, out, (id) =>
      server.send<AnswerOf<typeof revokeInvite>>('POST', invitePath(id, '/revoke'), {
        schema: inviteResponse,
        repeatable: true,
      }),
    );
    return {
      json: { items },
      rows: done.map(({ id, status }) => [id, status]),
      said,
      exit,
      done: [`Withdrawn: ${done.length}.`, 'latchkey invites list --status revoked'],
    };
  },
});
