import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { trimClient } from './trim-client.ts';
import { orOutage, clientOptions } from './outage.ts';

const client = trimClient(new DynamoDBClient(clientOptions));

client.middlewareStack.add((next) => (args) => orOutage('store_unavailable', () => next(args)), {
  step: 'initialize',
  priority: 'high',
});

/** The store. An outage is thrown as `store_unavailable`; refused conditions keep the SDK's exceptions. */
export const documents = DynamoDBDocumentClient.from(client, {
  marshallOptions: { removeUndefinedValues: true },
});
