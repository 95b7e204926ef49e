import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.ts';

/** The same client with `cacheMiddleware` off. With it on, the document client would send the first command each time, and so refuses it. */
const resolvingEach: DynamoDBClient = Object.create(dynamodb, {
  config: { value: { ...dynamodb.config, cacheMiddleware: false } },
});

/** The DynamoDB client for queries, with plain values. An outage is thrown as `store_unavailable`. */
export const documents = DynamoDBDocumentClient.from(resolvingEach);
