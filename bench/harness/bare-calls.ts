import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
  type BatchGetItemCommandInput,
  type PutItemCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, KMSClient, type DecryptCommandInput } from '@aws-sdk/client-kms';
import { lean } from '#shared/aws/lean.ts';
import { patience } from '#shared/aws/outage.ts';
import type { Call } from './metered-call.ts';

/** An AWS call, in JSON; `ciphertext` is base64. */
export type BareCall =
  | { read: BatchGetItemCommandInput }
  | { update: UpdateItemCommandInput }
  | { put: PutItemCommandInput }
  | { decrypt: Omit<DecryptCommandInput, 'CiphertextBlob'>; ciphertext: string };

/** Makes AWS calls one after the other, with our clients' settings and nothing around them. */
export function bareCaller(calls: readonly BareCall[]): Call {
  const store = lean(new DynamoDBClient(patience));
  const keys = lean(new KMSClient(patience));
  const make = (call: BareCall): Promise<unknown> => {
    if ('read' in call) return store.send(new BatchGetItemCommand(call.read));
    if ('update' in call) return store.send(new UpdateItemCommand(call.update));
    if ('put' in call) return store.send(new PutItemCommand(call.put));
    const CiphertextBlob = Buffer.from(call.ciphertext, 'base64');
    return keys.send(new DecryptCommand({ ...call.decrypt, CiphertextBlob }));
  };
  return async () => {
    for (const call of calls) await make(call);
    return { last: '' };
  };
}
