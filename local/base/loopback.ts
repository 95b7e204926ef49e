import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * The callers that a server of the stack accepts. `programs`: programs of this machine. `people`: also people who open it in
 * their browser. `app`: everyone, because the app itself decides about other origins.
 */
export type Callers = 'programs' | 'people' | 'app';

/**
 * Whether a request's `Host` header names this machine. A web page can point its own name to this machine's address (DNS
 * rebinding), but it cannot make the browser send another name than its own.
 */
function isForLoopback({ headers }: IncomingMessage): boolean {
  const host = headers.host?.replace(/:\d+$/, '') ?? '';
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host);
}

/** Whether a browser sent the request: all send at least one of these headers, and no page can change them (Fetch, forbidden headers). */
const isFromBrowser = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

/** Whether the server's own page sent the request, or a person opened the address in a tab. No other page can read the answer. */
function isOwnOrOpened({ method, headers }: IncomingMessage): boolean {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-dest': destination } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`) return false;
  const isRead = method === 'GET' || method === 'HEAD';
  const isOpened = isRead && headers['sec-fetch-mode'] === 'navigate' && destination === 'document';
  return site === undefined || site === 'same-origin' || site === 'none' || isOpened;
}

const accepts: Readonly<Record<Callers, (request: IncomingMessage) => boolean>> = {
  programs: (request) => !isFromBrowser(request),
  people: isOwnOrOpened,
  app: () => true,
};

function refuse(response: ServerResponse): void {
  response.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ message: 'Forbidden: the local stack is not for pages of others' }));
}

/** Passes only the requests that `callers` may send to the server's listeners. */
export function admitOnly(server: Server, callers: Callers): void {
  const listeners = server.listeners('request') as ((...args: unknown[]) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!isForLoopback(request) || !accepts[callers](request)) return refuse(response);
    for (const listener of listeners) listener.call(server, request, response);
  });
}
