import type { IncomingHttpHeaders } from 'node:http';
import { mayPass } from '../deployment/headers-never-passed.ts';
import { keyHeader } from './open-request.ts';
import type { Service } from '../deployment/service.ts';
import { maskText } from './mask-key.ts';

/** Headers that pass in addition to those that a service names. Cookies, addresses and tokens are not among them. */
const toProvider = [
  'accept',
  // These say how to read the body.
  'content-*',
  'user-agent',
  'idempotency-key',
  'x-client-request-id',
  'x-stainless-*',
];
const toCaller = [
  'content-type',
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'x-request-id',
  'x-ratelimit-*',
];

/** Further headers that the clients of each API form send and read. */
const ofForm: Readonly<Record<Service['errors'], readonly string[]>> = {
  anthropic: ['anthropic-*', 'request-id'],
  openai: [],
};

const matches = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** A header holds bytes (RFC 9110, 5.5), and Node refuses other characters. If Lambda hands over others, their UTF-8 is meant. */
const asBytes = (value: string): string =>
  /[^\0-\u00ff]/.test(value) ? Buffer.from(value).toString('latin1') : value;

type Headers = Readonly<IncomingHttpHeaders>;

function pick(headers: Headers, patterns: readonly string[]): Record<string, string> {
  const passing = Object.entries(headers).filter(
    ([name, value]) =>
      value !== undefined && mayPass(name) && patterns.some((pattern) => matches(name, pattern)),
  );
  return Object.fromEntries(passing.map(([name, value]) => [name, asBytes(String(value))]));
}

/**
 * Headers of the call to the provider: those that may pass, and the key. The answer is requested uncompressed, so that
 * the key can be found in it.
 */
export const requestHeaders = (headers: Headers, service: Service, key: string): Record<string, string> => ({
  ...pick(headers, [...toProvider, ...ofForm[service.errors], ...service.headers]),
  'accept-encoding': 'identity',
  ...keyHeader(service, key),
});

/** Headers of the provider's answer that may pass, without the key. */
export const answerHeaders = (headers: Headers, service: Service, key: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(pick(headers, [...toCaller, ...ofForm[service.errors], ...service.headers])).map(
      ([name, value]) => [name, maskText(value, key)],
    ),
  );
