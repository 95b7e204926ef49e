import { request, type IncomingHttpHeaders } from 'node:http';
import { readAll } from '#local/base/read-all.ts';

export interface HttpResult {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

interface HttpOptions {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
  /** The address that the client calls from. */
  localAddress?: string;
}

/** One HTTP request exactly as given: no redirects, no headers but `Host` and these. */
export function http(url: string, { body, ...options }: HttpOptions = {}): Promise<HttpResult> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ...options, agent: false }, (response) => {
      readAll(response).then(
        (content) =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text: content.toString() }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
