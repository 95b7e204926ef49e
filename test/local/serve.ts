import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** Serves `listener` on a free loopback port until the test ends. @returns the address without a final slash. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Serves an endpoint that answers each request with `answer`. */
export const serve = (
  answer: (body: string, target: string, response: ServerResponse) => void,
): Promise<string> =>
  listen((request, response) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    void text(request).then((body) => answer(body, target, response));
  });

/** The options of every SDK client in these tests. */
export const clientConfig = (endpoint: string) => ({
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});

/** A path in a new empty folder, which is deleted after the test. */
export function newFile(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, name);
}
