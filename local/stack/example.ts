import { createServer, type RequestListener } from 'node:http';
import { listen, type Listening } from '../base/listen.ts';
import { notReady } from './servers.ts';

/** The app's name in the setting `apps`. */
const clientId = 'example';

export interface Example extends Listening {
  /** The stack's settings for the example app. */
  settings: Record<string, string>;
  /** From now on, signs people in with the Latchkey at this address. */
  serve(issuer: string): void;
}

/** The app, loaded at the first request, so that a start need not wait for the app's libraries. */
async function started(url: string, issuer: string): Promise<RequestListener> {
  const { createApp } = await import('#examples/app/app.ts');
  return await createApp(url, issuer, clientId);
}

/**
 * Opens the example app. It is on 127.0.0.1 while Latchkey is on `localhost`: cookies belong to a host and not to a port, so
 * neither gets the other's cookies, as in a deployment. The address is needed before the stack starts, for the stack's
 * settings.
 */
export async function openExample(port: number): Promise<Example> {
  let answer = notReady;
  const listening = await listen(
    createServer((request, response) => answer(request, response)),
    port,
    'app',
  );
  const { url } = listening;
  const app = {
    title: 'Example app',
    redirectUris: [`${url}/callback`],
    initiateLoginUri: `${url}/login`,
    postLogoutRedirectUris: [`${url}/`],
    // The app takes only guests whose invite names it.
    takesGuests: false,
    refresh: true,
  };
  return {
    ...listening,
    settings: { [`apps.${clientId}`]: JSON.stringify(app) },
    serve(issuer) {
      answer = async (request, response) => {
        try {
          answer = await started(url, issuer);
        } catch (error) {
          return void response.writeHead(502).end(`${issuer} cannot be signed in with: ${String(error)}`);
        }
        answer(request, response);
      };
    },
  };
}
