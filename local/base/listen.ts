import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { admitOnly, type Callers } from './loopback.ts';

export interface Listening {
  port: number;
  /** Such as http://127.0.0.1:4800 */
  url: string;
  /** Stops listening. Resolves when the requests under way are answered, or after a time limit. */
  drain(): Promise<void>;
  /** Stops listening and drops all connections. */
  close(): Promise<void>;
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

function bind(server: Server, port: number, host: string): Promise<number> {
  // Only clients close idle connections: a request sent while the server closes its connection would be lost.
  server.keepAliveTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** How long `drain` waits for requests under way. */
const drainMs = 7_000;

/** Prepares a server so that it can stop without losing an answer. */
function drainable(server: Server): () => Promise<void> {
  const open = new Set<ServerResponse>();
  let isDraining = false;
  /** Closes the connection after this answer. The answer's headers announce it, unless they are already sent. */
  const makeLast = (response: ServerResponse): void => {
    const { socket } = response;
    if (!response.headersSent) response.setHeader('connection', 'close');
    response.once('finish', () => socket?.end());
  };
  server.prependListener('request', (_: IncomingMessage, response: ServerResponse) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    if (isDraining) makeLast(response);
  });
  return () =>
    new Promise((resolve) => {
      isDraining = true;
      for (const response of open) makeLast(response);
      const limit = setTimeout(() => server.closeAllConnections(), drainMs);
      server.close(() => {
        clearTimeout(limit);
        resolve();
      });
    });
}

/** The number of further ports to try before giving up. */
const maxTries = 100;

/** Binds to `port`, or to the next port while ports are taken; 0 is any free port. */
async function search<T>(port: number, attempt: (port: number) => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt(port === 0 ? 0 : port + tries);
    } catch (error) {
      if (!isTaken(error) || tries >= maxTries) throw error;
    }
  }
}

/** Makes `server` listen on 127.0.0.1 at `port` or the next free one (0 is any), and answer only requests of `callers`. */
export async function listen(server: Server, port: number, callers: Callers): Promise<Listening> {
  admitOnly(server, callers);
  const drain = drainable(server);
  const actual = await search(port, (tried) => bind(server, tried, '127.0.0.1'));
  return { port: actual, url: `http://127.0.0.1:${actual}`, drain, close: () => close(server) };
}

/**
 * Makes both servers listen on one port, `port` or the next free one (0 is any): `v4` on 127.0.0.1 and, if the machine has
 * IPv6, `v6` on ::1, so that `localhost` reaches the stack with either. They serve the app.
 */
export function listenOnLocalhost(v4: Server, v6: Server, port: number): Promise<Listening> {
  for (const server of [v4, v6]) admitOnly(server, 'app');
  const drains = [v4, v6].map(drainable);
  return search(port, async (tried) => {
    const actual = await bind(v4, tried, '127.0.0.1');
    const both = [v4];
    try {
      await bind(v6, actual, '::1');
      both.push(v6);
    } catch (error) {
      if (isTaken(error)) {
        await close(v4);
        throw error;
      }
    }
    return {
      port: actual,
      url: `http://localhost:${actual}`,
      drain: async () => void (await Promise.all(drains.map((drain) => drain()))),
      close: async () => void (await Promise.all(both.map(close))),
    };
  });
}
