import { createServer, type RequestListener } from 'node:http';
import { functionUrlHandler } from '../host/function-url.ts';
import { functionUrls, type FunctionSpec } from '../host/functions.ts';
import type { Host } from '../host/host.ts';
import { lambdaHandler } from '../host/lambda-api.ts';
import { listen, type Listening } from '../base/listen.ts';
import { inboxHandler } from '../ses/inbox.ts';
import type { Ses } from '../ses/ses.ts';
import type { Template } from '../template/template.ts';

interface ServerOptions {
  /** Port of the inbox; 0 for any free port. */
  port: number;
  functions: readonly FunctionSpec[];
  host: Host;
  ses: Ses;
}

/** The servers of a stack whose addresses functions do not know, unlike those of the app and the relay. */
export interface Servers {
  inbox: Listening;
  lambda: Listening;
}

/** Opens the inbox and Lambda's Invoke. */
export async function openServers({ port, functions, host, ses }: ServerOptions): Promise<Servers> {
  return {
    inbox: await listen(createServer(inboxHandler(ses)), port, 'people'),
    lambda: await listen(
      createServer(lambdaHandler({ functions, invoke: (arn, event) => host.invoke(arn, event) })),
      0,
      'programs',
    ),
  };
}

/** The answer of a server whose address functions already know, until the functions run. */
export const notReady: RequestListener = (_, response) => void response.writeHead(503).end();

export interface Relay extends Listening {
  /** From now on, answers with the function that streams. @returns whether the template has one. */
  serve(template: Template, host: Host, now: () => number): boolean;
}

/** Opens the function URL. Functions know its address from their environment, so it must exist before they start. */
export async function openRelay(port: number): Promise<Relay> {
  let answer = notReady;
  const server = createServer((request, response) => answer(request, response));
  return {
    ...(await listen(server, port, 'app')),
    serve(template, host, now) {
      const [target] = functionUrls(template);
      if (target) answer = functionUrlHandler({ target, invoke: host.invoke.bind(host), now });
      return target !== undefined;
    },
  };
}
