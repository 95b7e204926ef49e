import { DynamoDBClient, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { trimClient } from './trim-client.ts';
import { orOutage, clientOptions } from './outage.ts';

/**
 * The DynamoDB client with values in DynamoDB's own form, for the calls that most requests make: the document client around it takes
 * a third of a call's CPU. `cacheMiddleware` resolves the middleware once for each kind of command instead of for each call. An outage
 * is thrown as `store_unavailable`; refused conditions keep the SDK's exceptions.
 */
export const dynamodb = trimClient(new DynamoDBClient({ ...clientOptions, cacheMiddleware: true }));

dynamodb.middlewareStack.add((next) => (args) => orOutage('store_unavailable', () => next(args)), {
  step: 'initialize',
  priority: 'high',
});

/** A row, a key or values of an expression in DynamoDB's own form. */
export const ownForm = (values: object) => marshall(values, { removeUndefinedValues: true });

/** The parts of a write that hold values. */
const valued = ['Key', 'Item', 'ExpressionAttributeValues'] as const;

type InOwnForm<Write> = {
  [Name in keyof Write]: Name extends (typeof valued)[number] ? Record<string, AttributeValue> : Write[Name];
};

export function writeInOwnForm<Write extends object>(write: Write): InOwnForm<Write> {
  const own: Partial<Record<string, unknown>> = { ...write };
  for (const name of valued) if (own[name]) own[name] = ownForm(own[name]);
  return own as InOwnForm<Write>;
}
