import { request as open } from 'node:http';
import type { Problem } from '#shared/errors/problem.ts';
import type { Stack } from '#local/stack/running-stack.ts';

export interface Sent {
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent urlencoded, with the app's own `Origin`, as a browser sends its form. */
  form?: Readonly<Record<string, string>>;
  /** Sent unchanged. */
  raw?: string | Buffer;
  cookies?: Readonly<Record<string, string>>;
  /** Session token, sent as Bearer. */
  token?: string | undefined;
  /** Loopback address to call from, such as 127.0.0.9. */
  from?: string;
  /** An address of the stack other than the app's. */
  base?: string;
}

export interface Answered<Body = unknown> {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Cookies that the answer sets, by name. */
  cookies: Record<string, { value: string; attributes: string }>;
  text: string;
  json: Body;
}

/** One HTTP request to the app or to `base`, without a client's conveniences: follows no redirects, keeps no cookies. */
export function send<Body = Problem>(
  stack: Stack,
  method: string,
  path: string,
  sent: Sent = {},
): Promise<Answered<Body>> {
  const { headers = {}, json, form, raw, cookies, token, from, base = stack.app } = sent;
  const body = raw ?? (json !== undefined ? JSON.stringify(json) : form && String(new URLSearchParams(form)));
  const { hostname, port, origin } = new URL(base);
  return new Promise((resolve, reject) => {
    const request = open(
      {
        host: from ? '127.0.0.1' : hostname,
        port,
        path,
        method,
        ...(from && { localAddress: from }),
        headers: {
          // Node omits it for DELETE, and the server would not read the body as one.
          ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...(form && { 'content-type': 'application/x-www-form-urlencoded', origin }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(cookies && {
            cookie: Object.entries(cookies)
              .map((pair) => pair.join('='))
              .join('; '),
          }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        // Without this, an answer that breaks off would never settle.
        response.on('error', reject);
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = /json/.test(response.headers['content-type'] ?? '');
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            cookies: readSetCookies(response.headers['set-cookie']),
            text,
            json: (isJson && text !== '' ? JSON.parse(text) : undefined) as Body,
          });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const readSetCookies = (lines: readonly string[] = []): Answered['cookies'] =>
  Object.fromEntries(
    lines.map((line) => {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return [name, { value, attributes: attributes.join('; ') }];
    }),
  );
