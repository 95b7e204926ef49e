import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  TransactionConflictException,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import type { DeleteCommandInput, PutCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamodb, ownForm, writeInOwnForm } from './dynamodb.ts';
import { retryConflicts } from './retry-conflicts.ts';

/**
 * The result of a conditional write. `row` is what the write's `ReturnValues` asks for, `refusedBy` the row that its
 * `ReturnValuesOnConditionCheckFailure` asks for; both are undefined if nothing was asked for or no row exists.
 * `attempts` is how often the SDK has sent the write.
 */
export type WriteResult<Row> = { attempts: number } & (
  { written: true; row: Row } | { written: false; refusedBy: Row | undefined }
);

interface Options {
  /** Whether the write also counts as refused while a transaction is writing the same row. */
  conflictRefuses?: boolean;
}

const isConflict = (error: unknown): boolean => error instanceof TransactionConflictException;

/** A write by itself, in the form that it has in a transaction. */
type SingleWrite = { Put: PutCommandInput } | { Update: UpdateCommandInput } | { Delete: DeleteCommandInput };

function sendOnce(write: SingleWrite) {
  if ('Put' in write) return dynamodb.send(new PutItemCommand(writeInOwnForm(write.Put)));
  if ('Update' in write) return dynamodb.send(new UpdateItemCommand(writeInOwnForm(write.Update)));
  return dynamodb.send(new DeleteItemCommand(writeInOwnForm(write.Delete)));
}

const rowOf = <Row>(attributes: Record<string, AttributeValue> | undefined) =>
  attributes && (unmarshall(attributes) as Row);

interface Put {
  TableName: string;
  Item: Record<string, unknown>;
}

/**
 * Writes a row unconditionally. A transaction that is writing the same row delays it.
 * @throws Failure `busy` when conflicts with transactions do not end.
 */
export async function putRow({ TableName, Item }: Put): Promise<void> {
  const put = new PutItemCommand({ TableName, Item: ownForm(Item) });
  await retryConflicts(() => dynamodb.send(put), isConflict);
}

/**
 * Sends a single write whose condition may refuse it. A transaction that is writing the same row delays it, unless
 * `conflictRefuses` says otherwise.
 * @throws Failure `busy` when conflicts with transactions do not end.
 */
export async function conditionalWrite<Row>(
  write: SingleWrite,
  { conflictRefuses = false }: Options = {},
): Promise<WriteResult<Row>> {
  const send = () => sendOnce(write);
  try {
    const { Attributes, $metadata } = await (conflictRefuses ? send() : retryConflicts(send, isConflict));
    return { written: true, row: rowOf<Row>(Attributes) as Row, attempts: $metadata.attempts ?? 1 };
  } catch (error) {
    if (conflictRefuses && error instanceof TransactionConflictException)
      return { written: false, refusedBy: undefined, attempts: error.$metadata.attempts ?? 1 };
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { written: false, refusedBy: rowOf<Row>(error.Item), attempts: error.$metadata.attempts ?? 1 };
  }
}
