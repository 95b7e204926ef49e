import { hash, timingSafeEqual } from 'node:crypto';
import type { Proxy } from '../deployment/proxy.ts';
import { addressIn } from '../http/address.ts';
import type { Event, ProxyCheck } from './step.ts';

/** Whether a header's text is the secret of one of these hashes. The time that it takes reveals nothing about them. */
function isSecret(text: string, secretHashes: readonly string[]): boolean {
  const digest = hash('sha256', text, 'buffer');
  return secretHashes.map((one) => timingSafeEqual(digest, Buffer.from(one, 'hex'))).includes(true);
}

/**
 * Whether a request has come through the proxy, and the client's address. A proxy that proves itself tells the address; otherwise it is
 * the address of the connection as AWS saw it, and headers are ignored. A header that was sent twice arrives as a list, which is neither
 * a secret nor an address.
 */
export function clientOf(
  { headers, requestContext }: Pick<Event, 'headers' | 'requestContext'>,
  proxy: Proxy | null,
): { proxyCheck: ProxyCheck; address: string } {
  const address = requestContext.http.sourceIp;
  if (!proxy) return { proxyCheck: 'none', address };
  const secret = headers[proxy.secretHeader];
  const told = headers[proxy.header];
  if (secret === undefined && told === undefined) return { proxyCheck: 'bypassed', address };
  const client = isSecret(secret ?? '', proxy.secretHashes) ? addressIn(proxy.header, told ?? '') : undefined;
  return client === undefined
    ? { proxyCheck: 'unverified', address }
    : { proxyCheck: 'verified', address: client };
}
