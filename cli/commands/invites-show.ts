import type readInvite from '#functions/admin-invite/read.ts';
import { usedInviteResponse } from '#shared/invites/show-link.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { command } from '../command.ts';
import { invitePath } from '../invites/invite-path.ts';

export const invitesShow = command({
  name: 'invites show',
  summary: 'Shows one invite with its link, and who used it.',
  operands: '<ID>',
  options: {},
  async run({ operands: [id = ''], server: connect }) {
    const server = await connect();
    const invite = await server.get<AnswerOf<typeof readInvite>>(invitePath(id), usedInviteResponse);
    const { usedBy, ...fields } = invite;
    return {
      json: invite,
      rows: [
        ...Object.entries(fields).map(([name, value]) => [name, String(value ?? 'never')]),
        ...usedBy.map(({ username, at }) => ['usedBy', `${username ?? '(deleted)'} ${at}`]),
      ],
    };
  },
});
