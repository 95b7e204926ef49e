import { firstAdminResponse } from '#shared/inviting/show-created.ts';
import { command } from '../command.ts';
import { CommandError, exit } from '../failures.ts';
import { invokeJob, jobOptions } from '../server/invoke-job.ts';

const again = 'Run again, it prints a new link and';

export const bootstrap = command({
  name: 'bootstrap',
  summary: 'Prints the link of the first administrator’s invite; refuses once there is an administrator.',
  options: jobOptions('admin-bootstrap'),
  notes: `
On a deployment it invokes the function by your AWS credentials, found as the AWS CLI finds them; they need
lambda:InvokeFunction on it. Whoever has the link becomes the administrator. Run again, it prints a new link and the
old one dies.`,
  async run({ options, out }) {
    out.mustBeOpen('It would print the link.');
    const job = { id: 'admin-bootstrap', ifLost: `The link may be made. ${again} that one dies.` };
    const { data } = firstAdminResponse.safeParse(await invokeJob(job, options, out));
    if (!data) throw new CommandError(exit.refused, 'That is not Latchkey’s admin-bootstrap.');
    if ('refused' in data) {
      throw new CommandError(exit.refused, 'There is an administrator already.', [
        'Administrators invite others: latchkey login',
      ]);
    }
    return { json: data, rows: [[data.url]], done: [`${again} this one dies.`], isShownOnce: true };
  },
});
