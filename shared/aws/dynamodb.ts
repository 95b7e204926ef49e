import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { trimClient } from './trim-client.ts';
import { orOutage, clientOptions } from './outage.ts';

/** The store in its own form, for what every request asks: the document client around it takes a tenth of a call's CPU. */
export const dynamodb = trimClient(new DynamoDBClient(clientOptions));

dynamodb.middlewareStack.add((next) => (args) => orOutage('store_unavailable', () => next(args)), {
  step: 'initialize',
  priority: 'high',
});

/** A row, a key or values of an expression in DynamoDB's own form. */
export const ownForm = (values: Readonly<Record<string, unknown>>) =>
  marshall(values, { removeUndefinedValues: true });

/** The store. An outage is thrown as `store_unavailable`; refused conditions keep the SDK's exceptions. */
export const documents = DynamoDBDocumentClient.from(dynamodb, {
  // It writes more into them: they are its own.
  marshallOptions: { removeUndefinedValues: true },
});
