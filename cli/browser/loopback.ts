import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageOf, type Page } from './pages.ts';

/** The browser's request to the redirect URI. */
interface Returned {
  parameters: URLSearchParams;
  /** Answers the browser, and resolves when it has the page. */
  show(page: Page): Promise<void>;
}

export interface Loopback {
  redirectUri: string;
  returned: Promise<Returned>;
  close(): void;
}

const path = '/callback';

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'",
  // The address contains the authorization code.
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  connection: 'close',
};

const send = (
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  page: Page,
): Promise<void> =>
  new Promise((resolve) => {
    // If the person has closed the page meanwhile, `close` was emitted already, and waiting for it would never end.
    if (response.closed) return resolve();
    response.once('close', resolve);
    response.writeHead(status, headers).end(pageOf(page, request.headers['accept-language']));
  });

/**
 * Listens for the browser on a free port that only this machine can reach (RFC 8252, 7.3). A request without the right `state`,
 * which no other site or program knows, does not end the wait: the person may still be signing in.
 */
export async function openLoopback(state: string): Promise<Loopback> {
  const { promise, resolve } = Promise.withResolvers<Returned>();
  let isTaken = false;
  let host = '';
  const server = createServer((request, response) => {
    const { pathname, searchParams: parameters } = URL.parse(`http://${host}${request.url}`) ?? {};
    const isAsked = request.method === 'GET' && request.headers.host === host && pathname === path;
    if (!isAsked || isTaken || parameters?.get('state') !== state)
      return void send(request, response, 404, 'unknown');
    isTaken = true;
    resolve({
      parameters,
      show: (page) => send(request, response, page === 'signedIn' ? 200 : 400, page),
    });
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', ready);
  });
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    redirectUri: `http://${host}${path}`,
    returned: promise,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
