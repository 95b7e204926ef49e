import * as z from 'zod/mini';
import { command } from '../command.ts';
import { wrongUsage } from '../failures.ts';
import { invitePath } from '../invites/invite-path.ts';
import { selectIds, selectionNotes, selectionOptions } from '../invites/select-invites.ts';
import { changeEach } from '../server/change-each.ts';
import { confirm } from '../terminal/confirm.ts';

export const invitesDelete = command({
  name: 'invites delete',
  summary: 'Removes invites for good; who used them stays.',
  operands: '[ID...]',
  options: selectionOptions,
  notes: `
  latchkey invites delete --status expired${selectionNotes}`,
  async run({ operands, options, out, server: connect }) {
    const server = await connect();
    // No deletion by mistake: a person confirms, a script passes --yes.
    if (!options.yes && !process.stdin.isTTY)
      throw wrongUsage('invites delete wants --yes where nobody can be asked.');
    const act = { name: 'invites delete', verb: 'Delete for good', applies: () => true };
    const ids = await selectIds(server, operands, options, act);
    const count = new Set(ids).size;
    if (!options.yes && operands.length > 0 && count > 0)
      await confirm(`Delete ${count === 1 ? 'this invite' : `these ${count} invites`} for good?`);
    const { done, items, said, exit } = await changeEach(ids, {
      server,
      out,
      // A repeated request would not find the invite any more.
      isRepeatable: false,
      ifLost: (id) => `${id} may be deleted: latchkey invites show ${id}`,
      async change(id, { server, ...asking }) {
        await server.send('DELETE', invitePath(id), { schema: z.undefined(), ...asking });
        return { id, deleted: true };
      },
    });
    return {
      json: { items },
      rows: done.map(({ id }) => [id, 'deleted']),
      said: ids.length === 0 ? ['No invite is to be deleted.'] : said,
      exit,
      done: [`Deleted: ${done.length}.`],
    };
  },
});
