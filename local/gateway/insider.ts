import { variable } from '#shared/deployment/config.ts';
import type { KeyName } from '#shared/deployment/keys.ts';
import type { TableName } from '#shared/deployment/tables.ts';
import type { Template } from '../template/template.ts';
import type { Gateway } from './gateway.ts';

const accessKey = 'insider';

/**
 * Adds a caller to the gateway that may use every table and key, and nothing else. Returns its environment, which has the
 * variables of a function, so that the code of functions runs in it.
 */
export function admitInsider(gateway: Gateway, url: string, template: Template): Record<string, string> {
  const tables = template.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  const keys = template.resources('AWS::KMS::Key');
  gateway.admit(accessKey, {
    id: accessKey,
    statements: [{ effect: 'Allow', actions: ['dynamodb:*', 'kms:*'], resources: ['*'] }],
  });
  return {
    AWS_REGION: template.region,
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: `secret-of-${accessKey}`,
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_KMS: url,
    ...Object.fromEntries(
      tables.map(({ name, physicalId }) => [variable.table(name as TableName), physicalId]),
    ),
    ...Object.fromEntries(keys.map(({ name, arn = '' }) => [variable.key(name as KeyName), arn])),
  };
}
