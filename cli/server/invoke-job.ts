import * as z from 'zod/mini';
import { jobOutput } from '#shared/deployment/stack-names.ts';
import { CommandError, exit, Refused, wrongUsage } from '../failures.ts';
import type { Output } from '../terminal/output.ts';
import { originOf } from './connect.ts';
import { Server } from './server.ts';

/** Options of commands that invoke a job. No route does that: a job needs the operator's AWS credentials, or a running `npm start`. */
export const jobOptions = (id: string) =>
  ({
    local: { value: 'URL', text: 'a running "npm start": the address that it prints after Control' },
    function: { value: 'NAME', text: `a deployment: the output ${jobOutput(id)} of its service stack` },
    region: { value: 'REGION', text: 'where the function is; without it, that of your AWS profile' },
  }) as const;

interface Job {
  id: string;
  payload?: Readonly<Record<string, unknown>>;
  ifLost: string;
}

type Where = Readonly<Record<'local' | 'function' | 'region', string | undefined>>;

/** Invokes a job at the place that the options name, and returns its result. */
export async function invokeJob(
  { id, payload = {}, ifLost }: Job,
  { local, function: name, region }: Where,
  out: Output,
): Promise<unknown> {
  if ((local === undefined) === (name === undefined))
    throw wrongUsage('This command wants --local or --function.');
  if (local !== undefined) {
    // Through the control port of a running `npm start`.
    const control = new Server({
      url: originOf(local, '--local'),
      onWait: (_seconds, error) => out.say(error.message),
    });
    const asked = { schema: z.unknown(), body: payload, ifLost };
    return await control.send('POST', `/invoke/${id}`, asked).catch((error: unknown) => {
      // The control port of another release.
      if (error instanceof Refused && error.problem === `there is no function ${id}`)
        throw new CommandError(exit.refused, `The npm start at ${local} has no ${id}.`, [
          'It is of another version than this command: start the one that this command comes with.',
        ]);
      // Another port of `npm start`, or another server.
      if (error instanceof Refused && [404, 405].includes(error.status))
        throw wrongUsage(`${local} is not the address that npm start prints after Control.`);
      throw error;
    });
  }
  // Only jobs need the AWS SDK, so only they wait for it to load.
  const { invokeFunction } = await import('./lambda.ts');
  return await invokeFunction(name ?? '', region, { payload, ifLost });
}
