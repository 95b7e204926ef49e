import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { parseSettings, type Settings } from '#shared/deployment/settings.ts';

/** Answers every call with these bytes, even if they are not HTTP, until the test ends. */
export async function serveBytes(bytes: string): Promise<string> {
  const server = createSocketServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The setting `services` of a deployment whose settings file states these differences. */
export const servicesWith = (changes: object): Pick<Settings, 'services'> => {
  const { services } = parseSettings({ services: changes });
  return { services };
};
