import type reissueInvite from '#functions/admin-invite/reissue.ts';
import { inviteLinkResponse } from '#shared/invites/show-link.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../failures.ts';
import { invitePath } from '../invites/invite-path.ts';
import { changeEach } from '../server/change-each.ts';

export const invitesReissue = command({
  name: 'invites reissue',
  summary: 'Gives invites a new link and a new life; the old links die.',
  operands: '<ID...>',
  options: {
    email: { value: 'EMAIL', text: 'the right address, for one invite' },
    'no-send': { text: 'send no mail: hand the links over yourself' },
  },
  async run({ operands, options, out, server: connect }) {
    const { email } = options;
    if (email !== undefined && operands.length > 1) throw wrongUsage('--email is for one invite at a time.');
    const body = { send: !options['no-send'], ...(email !== undefined && { email }) };
    const server = await connect();
    // Not repeated by itself after a lost answer: a second time would be a second link and a second mail.
    const { items, done, said, exit } = await changeEach(operands, out, (id) =>
      server.send<AnswerOf<typeof reissueInvite>>('POST', invitePath(id, '/reissue'), {
        schema: inviteLinkResponse,
        body,
      }),
    );
    return {
      json: { items },
      head: ['ID', 'LINK'],
      rows: done.map(({ id, url }) => [id, url]),
      said,
      exit,
      done: [`New links: ${done.length}. Each is shown by: latchkey invites show ID`],
    };
  },
});
