import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageOf, type Page } from './pages.ts';

/** What the browser has brought back. */
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
  // The address has the code.
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
    // Who closed the page meanwhile gets none; nothing closes any more that could be waited for.
    if (response.closed) return resolve();
    response.once('close', resolve);
    response.writeHead(status, headers).end(pageOf(page, request.headers['accept-language']));
  });

/**
 * Listens for the browser on a free port that this machine alone reaches (RFC 8252, 7.3). What does not bring `state` back, which
 * the page of another site or another program does not know, ends nothing: the person may still be signing in.
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
