import type reissueInvite from '#functions/admin-invite/reissue.ts';
import { inviteLinkResponse } from '#shared/inviting/show-link.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../failures.ts';
import { noSend } from '../invites/invite-options.ts';
import { invitePath } from '../invites/invite-path.ts';
import { selectIds, selectionNotes, selectionOptions } from '../invites/select-invites.ts';
import { changeEach } from '../server/change-each.ts';

export const invitesReissue = command({
  name: 'invites reissue',
  summary: 'Gives invites a new link and a new life; the old links die.',
  operands: '[ID...]',
  options: {
    email: { value: 'EMAIL', text: 'the right address, for one invite' },
    'no-send': noSend,
    ...selectionOptions,
  },
  notes: `
  latchkey invites reissue --status undelivered      new links for all whose mail did not arrive${selectionNotes}
What was withdrawn stays so, unless its id is given or --status is revoked.`,
  async run({ operands, options, out, server: connect }) {
    const { email, status: wanted } = options;
    if (email !== undefined && (operands.length !== 1 || operands[0] === '-'))
      throw wrongUsage('--email is for one invite at a time.');
    const body = { send: !options['no-send'], ...(email !== undefined && { email }) };
    const server = await connect();
    const ids = await selectIds(server, operands, options, {
      name: 'invites reissue',
      verb: 'Give new links to',
      applies: ({ status }) => status === 'active' || status === 'expired' || status === wanted,
    });
    // Never repeated automatically after a lost answer: that would make a second link and send a second mail.
    const { done, items, said, exit } = await changeEach(ids, {
      server,
      out,
      isRepeatable: false,
      ifLost: (id) => `${id} may have its new link: latchkey invites show ${id}`,
      change: (id, { server, ...asking }) =>
        server.send<AnswerOf<typeof reissueInvite>>('POST', invitePath(id, '/reissue'), {
          schema: inviteLinkResponse,
          body,
          ...asking,
        }),
    });
    return {
      json: { items },
      head: ['ID', 'LINK'],
      rows: done.map(({ id, url }) => [id, url]),
      said: ids.length === 0 ? ['No invite is to get a new link.'] : said,
      exit,
      done: [`New links: ${done.length}. They are shown by:`, 'latchkey invites list --links --limit all'],
    };
  },
});
