import { fine, lookedAt, trouble, type Finding } from './finding.ts';

/** An address that does not answer in this time is down for people, too. */
const timeoutMs = 15_000;

const get = (url: string): Promise<Response> =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });

interface Document {
  issuer?: string;
  jwks_uri?: string;
}

/** Whether the deployment answers at its address, and publishes its keys to other programs. */
export async function lookAtService(address: string): Promise<Finding[]> {
  const health = await lookAtHealth(address);
  if (health.level !== 'fine') return [health];
  return [health, ...(await lookedAt('jwks', () => lookAtKeys(address)))];
}

async function lookAtHealth(address: string): Promise<Finding> {
  try {
    const response = await get(`${address}/health`);
    if (response.status === 200) return fine('health', `${address} answers; store and keys work.`);
    const { code = '' } = (await response.json().catch(() => ({}))) as { code?: string };
    return trouble(
      'health',
      'broken',
      `${address}/health answers ${response.status} ${code}.`.replace(' .', '.'),
      code.endsWith('_unavailable')
        ? 'Look at the log group of health-check: its lines name what AWS answered. Is a KMS key disabled, or a table gone?'
        : code === 'misdirected'
          ? 'The proxy in front sends a secret whose hash is not in proxy.secretHashes, or none: docs/domain.md says how another one is made.'
          : 'Is something else at this address? Where it is a domain of yours, its record must lead to this deployment.',
    );
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return trouble(
      'health',
      'broken',
      `${address} does not answer: ${cause}.`,
      'Where it is a domain of yours: is its record entered, and its certificate issued?',
    );
  }
}

/** Whether backends and apps find the documents by which they verify a token. */
async function lookAtKeys(address: string): Promise<Finding[]> {
  const document = (await (await get(`${address}/.well-known/openid-configuration`)).json()) as Document;
  if (document.issuer !== address || document.jwks_uri === undefined)
    return [
      trouble(
        'jwks',
        'broken',
        `${address} calls itself ${document.issuer ?? 'nothing'}: apps refuse its tokens.`,
        'Set origin to the address that people use, and deploy.',
      ),
    ];
  const { keys = [] } = (await (await get(document.jwks_uri)).json()) as { keys?: unknown[] };
  return [
    keys.length > 0
      ? fine('jwks', `Tokens can be checked by ${keys.length === 1 ? 'one key' : `${keys.length} keys`}.`)
      : trouble(
          'jwks',
          'broken',
          `${document.jwks_uri} has no key: no token can be checked.`,
          'Within an hour of the first deployment: wait, as key-rotate makes the first one. Later: look at its log group.',
        ),
  ];
}
