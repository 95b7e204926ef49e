import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { hash } from 'node:crypto';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { edgeRegion } from '../edge/limits.ts';
import { secretNameOf } from '../edge/secret-name.ts';

/** What is wrong, and what to do. */
export interface Trouble {
  found: string;
  remedy: string;
}

/** Whether CloudFront authenticates itself with a secret from Secrets Manager. */
export const usesKeptSecret = ({ domain, proxy }: DeploymentSettings): boolean =>
  domain?.edge === true && proxy !== null;

/**
 * Why CloudFront could not authenticate itself with the stored secret. With a wrong secret every request is answered 403.
 * The sentences reveal nothing of the secret.
 */
export async function troubleInKeptSecret({ proxy }: DeploymentSettings): Promise<Trouble | undefined> {
  const digest = proxy!.secretHashes[0]!;
  const name = secretNameOf(digest);
  const remedy = `Make a new one with "npm run proxy-secret", and follow what it prints.`;
  try {
    const { SecretString: secret } = await new SecretsManagerClient({ region: edgeRegion }).send(
      new GetSecretValueCommand({ SecretId: name }),
    );
    if (secret !== undefined && hash('sha256', secret, 'hex') === digest) return undefined;
    return {
      found: `The secret ${name} in ${edgeRegion} is not the one whose hash stands first in proxy.secretHashes: CloudFront would be refused with all requests.`,
      remedy,
    };
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    return { found: `Secrets Manager has no secret ${name} in ${edgeRegion}.`, remedy };
  }
}
