import type { IncomingHttpHeaders } from 'node:http';
import { isObject } from '../base/is-object.ts';
import type { Context } from './condition.ts';
import { dynamoPermissions } from './dynamo-permissions.ts';
import { kmsContext, kmsPermissions } from './kms-permissions.ts';
import { sesContext, sesPermissions } from './ses-permissions.ts';
import type { Account, Permission } from './permission.ts';

export type Service = 'dynamodb' | 'kms' | 'ses';

/** An AWS request, as far as the gateway has to understand it. */
export interface Call {
  /** Access key id of the signer; it is the function's logical id. */
  accessKey: string;
  service: Service;
  /** The operation, such as `TransactWriteItems`. */
  action: string;
  /** The permissions that the caller must have. */
  permissions: readonly Permission[];
  /** The values that policy conditions test. */
  context: Context;
  headers: IncomingHttpHeaders;
  /** The SDK's id of the call, the same each time that it repeats the call; empty if another client called. */
  invocationId: string;
  body: Buffer;
  /** The parsed body; a form's fields for SES. */
  fields: Readonly<Record<string, unknown>>;
}

const credential = /Credential=([^/,\s]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/;

const isService = (name: string): name is Service => name === 'dynamodb' || name === 'kms' || name === 'ses';

function parse(service: Service, body: Buffer): Record<string, unknown> {
  if (service === 'ses') return Object.fromEntries(new URLSearchParams(body.toString()));
  const fields: unknown = JSON.parse(body.toString() || '{}');
  if (!isObject(fields)) throw new Error('the body is not a JSON object');
  return fields;
}

/** Reads the caller, the action and the resources of a request. Throws a sentence about a request that no AWS client sends. */
export function readCall(headers: IncomingHttpHeaders, body: Buffer, account: Account): Call {
  const [, accessKey = '', service = ''] = credential.exec(headers.authorization ?? '') ?? [];
  if (!isService(service))
    throw new Error(`the local stack does not serve ${service || 'unsigned requests'}`);
  const fields = parse(service, body);
  const target = String(headers['x-amz-target'] ?? '');
  const action = service === 'ses' ? String(fields['Action'] ?? '') : target.slice(target.indexOf('.') + 1);
  if (action === '') throw new Error('the request names no action');
  const read = { dynamodb: dynamoPermissions, kms: kmsPermissions, ses: sesPermissions }[service];
  const permissions = read(action, fields, account);
  const context = { dynamodb: () => ({}), kms: kmsContext, ses: sesContext }[service](fields);
  const invocationId = String(headers['amz-sdk-invocation-id'] ?? '');
  return { accessKey, service, action, permissions, context, headers, invocationId, body, fields };
}
