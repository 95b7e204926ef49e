import type { IncomingMessage } from 'node:http';
import { capability } from '../deployment/capability.ts';
import { second } from '../clock.ts';
import type { Service } from '../deployment/service.ts';
import { keyHeader, openRequest, providerUrl } from './open-request.ts';

const answerTimeoutMs = 10 * second;

/** A provider's verdict on a key; `unknown` if the provider gives another answer, or none. */
export type Verdict = 'accepted' | 'refused' | 'unknown';

/** How much of a refusal is read. */
const maxRefusalBytes = 16_384;

/**
 * OpenAI's words for a key that it accepts, but not for this request ("Missing scopes: api.model.read"). It is a restricted key,
 * which may well serve its owner's purpose.
 */
const lacksScopes = /\bmissing scopes\b/i;

/** OpenAI's code for a country or region that it does not serve with any key. */
const isElsewhere = /\bunsupported_country_region_territory\b/;

/** The verdict on the key in a refusal by OpenAI. */
async function verdictOfRefusal(response: IncomingMessage): Promise<Verdict> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > maxRefusalBytes) break;
  }
  if (isElsewhere.test(text)) return 'unknown';
  return lacksScopes.test(text) ? 'accepted' : 'refused';
}

async function verdictOf({ errors }: Service, response: IncomingMessage): Promise<Verdict> {
  const { statusCode: status = 0 } = response;
  if (status === 401 || status === 403) return errors === 'openai' ? verdictOfRefusal(response) : 'refused';
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
      const verdict = verdictOf(service, response).catch(() => 'unknown' as const);
      resolve(verdict.finally(() => response.destroy()));
    });
    request.on('error', () => resolve('unknown'));
    request.on('close', () => resolve('unknown'));
    request.end();
  });
}

export const askProviders = capability('providers', [], () => ({ check: checkKey }));
