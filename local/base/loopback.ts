import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * Who may call a server of the stack: `programs` of this machine; `people` too, who open it in their browser; `app`, which
 * everybody opens and which decides about other origins itself.
 */
export type Callers = 'programs' | 'people' | 'app';

/**
 * Whether a request names this machine itself. A page of the web can give its own name this machine's address (DNS
 * rebinding), but it cannot make the browser send another name than its own.
 */
function isForLoopback({ headers }: IncomingMessage): boolean {
  const host = headers.host?.replace(/:\d+$/, '') ?? '';
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host);
}

/** Whether a browser sent it: none leaves both headers away, and no page can change them (Fetch, forbidden headers). */
const isFromBrowser = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

/** What the server's own page asks for, and what somebody opens in a tab: no other page gets to see either. */
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

/** Lets the server's listeners see what `callers` may send, and nothing else. */
export function admitOnly(server: Server, callers: Callers): void {
  const listeners = server.listeners('request') as ((...args: unknown[]) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!isForLoopback(request) || !accepts[callers](request)) return refuse(response);
    for (const listener of listeners) listener.call(server, request, response);
  });
}
