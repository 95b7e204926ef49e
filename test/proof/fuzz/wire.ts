import { Agent, request as open, type IncomingHttpHeaders } from 'node:http';
import type { Wire } from './draft.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

export const closeConnections = (): void => agent.destroy();

/** Sends an encoded request over a connection that is kept alive. */
export const sendWire = (base: string, wire: Wire): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { method, path, headers, body } = wire;
    const { hostname, port } = new URL(base);
    const length = body && { 'content-length': String(body.length) };
    const asked = open(
      { agent, hostname, port, method, path, headers: { ...headers, ...length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('error', reject);
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
