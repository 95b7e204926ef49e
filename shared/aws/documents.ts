import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.ts';

/** The same client without `cacheMiddleware`, which the document client refuses: it would then send its first command each time. */
const resolvingEach: DynamoDBClient = Object.create(dynamodb, {
  config: { value: { ...dynamodb.config, cacheMiddleware: false } },
});

/** The DynamoDB client for queries, with plain values. An outage is thrown as `store_unavailable`. */
export const documents = DynamoDBDocumentClient.from(resolvingEach);
