import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateMacCommand, KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import { trimClient } from '#shared/aws/trim-client.ts';
import { clientOptions } from '#shared/aws/outage.ts';

/** An AWS call as sent over the wire: its operation and its input. */
export interface BareCall {
  action: string;
  input: Readonly<Record<string, unknown>>;
}

/** Makes AWS calls one after the other, with our clients' settings and nothing around them. */
export function bareCaller(): (calls: readonly BareCall[]) => Promise<void> {
  const store = trimClient(new DynamoDBClient(clientOptions));
  const keys = trimClient(new KMSClient(clientOptions));
  const make = ({ action, input }: BareCall): Promise<unknown> => {
    switch (action) {
      case 'GetItem':
        return store.send(new GetItemCommand(input as never));
      case 'BatchGetItem':
        return store.send(new BatchGetItemCommand(input as never));
      case 'Query':
        return store.send(new QueryCommand(input as never));
      case 'UpdateItem':
        return store.send(new UpdateItemCommand(input as never));
      case 'PutItem':
        return store.send(new PutItemCommand(input as never));
      case 'TransactWriteItems':
        return store.send(new TransactWriteItemsCommand(input as never));
      case 'GenerateMac': {
        const Message = Buffer.from(input['Message'] as string, 'base64');
        return keys.send(new GenerateMacCommand({ ...input, Message } as never));
      }
      case 'VerifyMac': {
        const [Message, Mac] = ['Message', 'Mac'].map((name) => Buffer.from(input[name] as string, 'base64'));
        return keys.send(new VerifyMacCommand({ ...input, Message, Mac } as never));
      }
      case 'Decrypt': {
        const CiphertextBlob = Buffer.from(input['CiphertextBlob'] as string, 'base64');
        return keys.send(new DecryptCommand({ ...input, CiphertextBlob }));
      }
      default:
        throw new Error(`no benchmark makes this call of AWS yet: ${action}`);
    }
  };
  return async (calls) => {
    for (const call of calls) await make(call);
  };
}
