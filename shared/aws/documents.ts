import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.ts';

/** The same client, which does not say that it keeps how commands are sent: the document client sends the first one each time then, and refuses it. */
const resolvingEach: DynamoDBClient = Object.create(dynamodb, {
  config: { value: { ...dynamodb.config, cacheMiddleware: false } },
});

/** The store for queries, in plain values. An outage is thrown as `store_unavailable`. */
export const documents = DynamoDBDocumentClient.from(resolvingEach);
