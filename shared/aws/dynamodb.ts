import { DynamoDBClient, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { trimClient } from './trim-client.ts';
import { orOutage, clientOptions } from './outage.ts';

/**
 * The store in its own form, for what most requests ask: the document client around it takes a third of a call's CPU. How a command is
 * sent is found out once for each kind, and not for each call. An outage is thrown as `store_unavailable`; refused conditions keep
 * the SDK's exceptions.
 */
export const dynamodb = trimClient(new DynamoDBClient({ ...clientOptions, cacheMiddleware: true }));

dynamodb.middlewareStack.add((next) => (args) => orOutage('store_unavailable', () => next(args)), {
  step: 'initialize',
  priority: 'high',
});

/** A row, a key or values of an expression in DynamoDB's own form. */
export const ownForm = (values: object) => marshall(values, { removeUndefinedValues: true });

/** What of a write of any kind holds values. */
const valued = ['Key', 'Item', 'ExpressionAttributeValues'] as const;

type InOwnForm<Write> = {
  [Name in keyof Write]: Name extends (typeof valued)[number] ? Record<string, AttributeValue> : Write[Name];
};

/** A write in DynamoDB's own form. */
export function writeInOwnForm<Write extends object>(write: Write): InOwnForm<Write> {
  const own: Partial<Record<string, unknown>> = { ...write };
  for (const name of valued) if (own[name]) own[name] = ownForm(own[name]);
  return own as InOwnForm<Write>;
}
