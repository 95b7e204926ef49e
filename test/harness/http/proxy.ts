import { hash } from 'node:crypto';
import type { Proxy } from '#shared/deployment/proxy.ts';
import { parseSettings } from '#shared/deployment/settings.ts';

/** The CDN's present secret and the previous one. */
export const proxySecrets = {
  now: 'now-9f86d081884c7d659a2feaa0c55ad015',
  before: 'before-60303ae22b998861bce3b28f33eec1be',
};

export const hashOf = (secret: string): string => hash('sha256', secret, 'hex');

/** The setting `proxy` that accepts only the present secret. */
export const proxyWith = (more: Partial<Proxy> = {}): Proxy =>
  parseSettings({
    origin: 'https://join.example.com',
    proxy: { secretHashes: [hashOf(proxySecrets.now)], ...more },
  }).proxy!;

/** Headers of a request that the CDN passes on for a client. */
export const byProxy = (address: string, secret = proxySecrets.now): Record<string, string> => ({
  'x-latchkey-address': address,
  'x-latchkey-proxy': secret,
});
