import * as z from 'zod/mini';

/** Headers that callers write, in whole or in part, whatever stands in front of Latchkey. */
const callersOwn = new Set([
  'authorization',
  'cookie',
  'forwarded',
  'host',
  'user-agent',
  'via',
  'x-forwarded-for',
]);

const headerName = z.string().check(
  z.regex(/^[a-z][a-z0-9-]{0,59}$/),
  z.refine((name) => !callersOwn.has(name) && !name.startsWith('x-amzn-')),
  z.describe(
    'the name, in lower case, of a header that the CDN writes alone, such as cf-connecting-ip; not x-forwarded-for, which callers begin',
  ),
);

export const proxyFields = {
  /** Holds the client's address and nothing else. */
  header: z._default(headerName, 'x-latchkey-address'),
  /** Holds the secret by which the proxy proves itself. */
  secretHeader: z._default(headerName, 'x-latchkey-proxy'),
  /** SHA-256 of that secret, so that no template, function or log holds it; two during a change, the new one first. */
  secretHashes: z
    .array(z.string().check(z.regex(/^[0-9a-f]{64}$/), z.describe('64 hexadecimal digits')))
    .check(
      z.minLength(1),
      z.maxLength(2),
      z.describe('a list of one or two hashes, as npm run proxy-secret prints them'),
    ),
  /** Whether requests that do not come through the proxy are refused. */
  required: z._default(z.boolean(), true),
  /** Whether the proxy forwards `/relay/` to the relay. */
  relay: z._default(z.boolean(), false),
};

export const proxySchema = z.strictObject(proxyFields);
export type Proxy = z.infer<typeof proxySchema>;
