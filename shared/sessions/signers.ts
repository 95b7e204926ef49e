import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/documents.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { Signer } from './signer.ts';

/** Partition of all signers. */
export const partition = { pk: 'signer' };

/** A signer as it is stored, with its private key encrypted by KMS. */
export interface StoredSigner extends Signer {
  wrapped: Uint8Array;
}

/** All stored keys, or only these attributes of them. */
export async function querySigners(config: Config, attributes?: readonly string[]): Promise<StoredSigner[]> {
  const names = attributes?.map((name) => [`#${name}`, name] as const);
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: config.table('signers'),
      KeyConditionExpression: 'pk = :pk',
      ConsistentRead: true,
      ExpressionAttributeValues: { ':pk': partition.pk },
      ...(names && {
        ProjectionExpression: names.map(([name]) => name).join(', '),
        ExpressionAttributeNames: Object.fromEntries(names),
      }),
    }),
  );
  // Rows without an algorithm are from the time when there was only one.
  return Items.map((row) => ({ alg: 'EdDSA', ...row }) as StoredSigner);
}

/** Reads the keys by which tokens are checked. */
export const readSigners = capability('signers', [onTable('signers', 'Query')], (config) => ({
  /** All stored keys, without their private halves. */
  list: (): Promise<Signer[]> =>
    querySigners(config, ['number', 'id', 'alg', 'publicKey', 'signsFrom', 'signsUntil']),
}));
