import * as z from 'zod/mini';
import { firstAdminResponse } from '#shared/invites/show-created.ts';
import { command } from '../command.ts';
import { Ending, exit, wrongUsage } from '../failures.ts';
import { originOf } from '../server/connect.ts';
import { Server } from '../server/server.ts';
import type { Output } from '../terminal/output.ts';

/** On a deployment. Only this command needs the AWS SDK, so only this command waits for it to load. */
async function invokeDeployed(name: string, region: string | undefined): Promise<unknown> {
  const { invokeFunction } = await import('../server/lambda.ts');
  return await invokeFunction(name, region);
}

/** Through the control port of a running `npm start`. */
const invokeLocally = (control: string, out: Output): Promise<unknown> =>
  new Server({ url: originOf(control, '--local'), onWait: (_seconds, error) => out.say(error.message) }).send(
    'POST',
    '/invoke/admin-bootstrap',
    {
      schema: z.unknown(),
      body: {},
      ifLost: 'The link may be made. Run again, it prints a new one and that one dies.',
    },
  );

export const bootstrap = command({
  name: 'bootstrap',
  summary: 'Prints the link of the first administrator’s invite; refuses once there is an administrator.',
  options: {
    local: { value: 'URL', text: 'a running "npm start": the address that it prints after Control' },
    function: { value: 'NAME', text: 'a deployment: the output AdminBootstrapName of its service stack' },
    region: { value: 'REGION', text: 'where the function is; without it, that of your AWS profile' },
  },
  notes: `
On a deployment it invokes the function by your AWS credentials, found as the AWS CLI finds them; they need
lambda:InvokeFunction on it. Whoever has the link becomes the administrator. Run again, it prints a new link and the
old one dies.`,
  async run({ options, out }) {
    const { local: control, function: name, region } = options;
    if ((control === undefined) === (name === undefined))
      throw wrongUsage('bootstrap wants --local or --function.');
    out.mustBeOpen('It would print the link.');
    const answer = control === undefined ? invokeDeployed(name ?? '', region) : invokeLocally(control, out);
    const { data } = firstAdminResponse.safeParse(await answer);
    if (!data) throw new Ending(exit.refused, 'That is not Latchkey’s admin-bootstrap.');
    if ('refused' in data) {
      throw new Ending(exit.refused, 'There is an administrator already.', [
        'Administrators invite others: latchkey login',
      ]);
    }
    return { json: data, rows: [[data.url]], done: ['Run again, it prints a new link and this one dies.'] };
  },
});
