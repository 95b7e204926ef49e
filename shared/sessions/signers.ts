import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/documents.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { Signer } from './signer.ts';

/** Partition of all signers. */
export const partition = { pk: 'signer' };

/** As it is stored: the private key as KMS has encrypted it. */
export interface StoredSigner extends Signer {
  wrapped: Uint8Array;
}

/** All keys that are kept, or these attributes of them. */
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
  // Rows that say no algorithm are from when there was one.
  return Items.map((row) => ({ alg: 'EdDSA', ...row }) as StoredSigner);
}

/** Reads the keys by which tokens are checked. */
export const readSigners = capability('signers', [onTable('signers', 'Query')], (config) => ({
  /** All keys that are kept, without their private halves. */
  list: (): Promise<Signer[]> =>
    querySigners(config, ['number', 'id', 'alg', 'publicKey', 'signsFrom', 'signsUntil']),
}));
