import { createServer } from 'node:http';
import type { ShiftedClock } from '../base/clock.ts';
import { functionUrlHandler } from '../host/function-url.ts';
import { functionUrls, type FunctionSpec } from '../host/functions.ts';
import type { Host } from '../host/host.ts';
import { lambdaHandler } from '../host/lambda-api.ts';
import { listen, type Listening } from '../base/listen.ts';
import { inboxHandler } from '../ses/inbox.ts';
import type { Ses } from '../ses/ses.ts';
import type { Template } from '../template/template.ts';

interface ServerOptions {
  /** Port of the app; 0 where all ports are any. The inbox and the relay take the ports after it, if they are free. */
  port: number;
  template: Template;
  functions: readonly FunctionSpec[];
  host: Host;
  ses: Ses;
  clock: ShiftedClock;
}

/** The addresses of a stack besides the app's. */
export interface Servers {
  inbox: Listening;
  /** Of the function that streams, if the template has one. */
  relay: Listening | undefined;
  lambda: Listening;
}

/** Opens the inbox, the function URL and Lambda's Invoke. */
export async function openServers({
  port,
  template,
  functions,
  host,
  ses,
  clock,
}: ServerOptions): Promise<Servers> {
  const after = (steps: number): number => (port === 0 ? 0 : port + steps);
  const [target] = functionUrls(template);
  const stream = target && {
    target,
    invoke: host.invoke.bind(host),
    now: clock.now,
  };
  return {
    inbox: await listen(createServer(inboxHandler(ses)), after(1), 'people'),
    relay: stream ? await listen(createServer(functionUrlHandler(stream)), after(2), 'app') : undefined,
    lambda: await listen(
      createServer(lambdaHandler({ functions, invoke: (arn, event) => host.invoke(arn, event) })),
      0,
      'programs',
    ),
  };
}
