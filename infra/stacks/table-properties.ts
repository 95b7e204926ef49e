import type { CfnTableProps } from 'aws-cdk-lib/aws-dynamodb';
import type { Table } from '#shared/deployment/tables.ts';

/**
 * CloudFormation's form of a table: on demand, restorable to any second of the last 35 days, encrypted under the
 * account's AWS-managed key, rows removed past `ttl`.
 */
export function tableProperties(
  { partition, sort, stream, indexes }: Table,
  protect: boolean,
): CfnTableProps {
  const attributes = Object.values(indexes).reduce(
    (all, index) => ({ ...all, ...index.partition, ...index.sort }),
    { ...partition, ...sort },
  );
  const secondary = Object.entries(indexes).map(([indexName, index]) => ({
    indexName,
    keySchema: keySchema(index.partition, index.sort),
    projection: { projectionType: 'ALL' },
  }));
  return {
    attributeDefinitions: Object.entries(attributes).map(([attributeName, attributeType]) => ({
      attributeName,
      attributeType,
    })),
    keySchema: keySchema(partition, sort),
    ...(secondary.length > 0 && { globalSecondaryIndexes: secondary }),
    billingMode: 'PAY_PER_REQUEST',
    timeToLiveSpecification: { attributeName: 'ttl', enabled: true },
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    sseSpecification: { sseEnabled: true },
    deletionProtectionEnabled: protect,
    ...(stream && { streamSpecification: { streamViewType: 'NEW_IMAGE' } }),
  };
}

const keySchema = (partition: Table['partition'], sort: Table['sort'] = {}) => [
  ...Object.keys(partition).map((attributeName) => ({ attributeName, keyType: 'HASH' })),
  ...Object.keys(sort).map((attributeName) => ({ attributeName, keyType: 'RANGE' })),
];
