import { capability } from '../deployment/capability.ts';
import { second } from '../clock.ts';
import type { Service } from '../deployment/service.ts';
import { keyHeader, openRequest, providerUrl } from './open-request.ts';

const answerTimeoutMs = 10 * second;

/** A provider's verdict on a key; `unknown` where it gives another answer, or none. */
export type Verdict = 'accepted' | 'refused' | 'unknown';

function verdictOf(status = 0): Verdict {
  if (status === 401 || status === 403) return 'refused';
  return status >= 200 && status < 300 ? 'accepted' : 'unknown';
}

/** Asks a provider by GET of `path` whether it takes the key. No error is passed on: it could quote the key. */
export function checkKey(
  service: Service,
  path: string,
  key: string,
  timeoutMs: number = answerTimeoutMs,
): Promise<Verdict> {
  return new Promise((resolve) => {
    const request = openRequest(providerUrl(service, path), {
      agent: false,
      headers: {
        accept: 'application/json',
        'user-agent': 'latchkey',
        // Anthropic answers 400 to a request that names no version.
        ...(service.errors === 'anthropic' && { 'anthropic-version': '2023-06-01' }),
        ...keyHeader(service, key),
      },
      signal: AbortSignal.timeout(timeoutMs),
    });
    request.on('response', (response) => {
      resolve(verdictOf(response.statusCode));
      response.destroy();
    });
    request.on('error', () => resolve('unknown'));
    request.on('close', () => resolve('unknown'));
    request.end();
  });
}

/** Asks providers about keys. */
export const askProviders = capability('providers', [], () => ({ check: checkKey }));
