import { randomUUID } from 'node:crypto';
import { errorXml } from '../ses/xml.ts';
import type { Service } from './call.ts';

/** The answer to an AWS client. */
export interface AwsAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}

interface AwsError {
  status: number;
  code: string;
  message: string;
  /** Further members of a JSON error. */
  details?: object;
}

const jsonTypes = { dynamodb: 'application/x-amz-json-1.0', kms: 'application/x-amz-json-1.1' } as const;

export const jsonAnswer = (service: 'dynamodb' | 'kms', status: number, body: object): AwsAnswer => ({
  status,
  headers: { 'content-type': jsonTypes[service], 'x-amzn-requestid': randomUUID() },
  body: JSON.stringify(body),
});

/** An error in the form that the service's clients read. */
export function errorAnswer(service: Service, { status, code, message, details }: AwsError): AwsAnswer {
  if (service !== 'ses') return jsonAnswer(service, status, { __type: code, message, ...details });
  const type = status >= 500 ? 'Receiver' : 'Sender';
  const body = errorXml({ type, code, message }, randomUUID());
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
