import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  port: number;
  /** Such as http://127.0.0.1:4800 */
  url: string;
  /** Stops listening and drops all connections. */
  close(): Promise<void>;
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

function bind(server: Server, port: number, host: string): Promise<number> {
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

/** Makes `server` listen on 127.0.0.1; port 0 is any free one. */
export async function listen(server: Server, port: number): Promise<Listening> {
  const actual = await bind(server, port, '127.0.0.1');
  return { port: actual, url: `http://127.0.0.1:${actual}`, close: () => close(server) };
}

/**
 * Makes both servers listen on one port: `v4` on 127.0.0.1 and `v6` on ::1, where there is IPv6, so that `localhost`
 * leads here either way. With `search`, a taken port gives way to the next free one.
 */
export async function listenOnLocalhost(
  v4: Server,
  v6: Server,
  { port, search }: { port: number; search: boolean },
): Promise<Listening> {
  for (let tried = port, tries = 0; ; tried = port === 0 ? 0 : tried + 1, tries += 1) {
    try {
      const actual = await bind(v4, tried, '127.0.0.1');
      const both = await bind(v6, actual, '::1').then(
        () => [v4, v6],
        async (error: unknown) => {
          if (!isTaken(error)) return [v4];
          await close(v4);
          throw error;
        },
      );
      return {
        port: actual,
        url: `http://localhost:${actual}`,
        close: async () => void (await Promise.all(both.map(close))),
      };
    } catch (error) {
      if (!isTaken(error) || tries >= 100 || (port !== 0 && !search)) throw error;
    }
  }
}
