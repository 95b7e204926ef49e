import type { IncomingMessage } from 'node:http';

/**
 * Whether a request names this machine itself. A page of the web can give its own name this machine's address (DNS
 * rebinding), but it cannot make the browser send another name than its own.
 */
export function isForLoopback({ headers }: IncomingMessage): boolean {
  const host = headers.host?.replace(/:\d+$/, '') ?? '';
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host);
}
