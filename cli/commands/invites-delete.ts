import * as z from 'zod/mini';
import { command } from '../command.ts';
import { Ending, exit, wrongUsage } from '../failures.ts';
import { invitePath } from '../invites/invite-path.ts';
import { changeEach } from '../server/change-each.ts';
import { ask } from '../terminal/ask.ts';

/** Nothing is deleted by mistake: a person is asked, a script says --yes. */
async function confirm(count: number): Promise<void> {
  if (!process.stdin.isTTY) throw wrongUsage('invites delete wants --yes where nobody can be asked.');
  const what = count === 1 ? 'this invite' : `these ${count} invites`;
  const [answer = ''] = await ask({ text: `Delete ${what} for good? [y/N] ` });
  if (!/^y(es)?$/i.test(answer.trim())) throw new Ending(exit.refused, 'Nothing was deleted.');
}

export const invitesDelete = command({
  name: 'invites delete',
  summary: 'Removes invites for good; who used them stays.',
  operands: '<ID...>',
  options: { yes: { text: 'do not ask' } },
  async run({ operands, options, out, server: connect }) {
    const server = await connect();
    if (!options.yes) await confirm(new Set(operands).size);
    const {
      items,
      done,
      said,
      exit: code,
    } = await changeEach(operands, out, async (id) => {
      await server.send('DELETE', invitePath(id), { schema: z.undefined() });
      return { id, deleted: true };
    });
    return {
      json: { items },
      rows: done.map(({ id }) => [id, 'deleted']),
      said,
      exit: code,
      done: [`Deleted: ${done.length}.`],
    };
  },
});
