import {
  ConditionalCheckFailedException,
  PutItemCommand,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { documents, dynamodb, ownForm } from './dynamodb.ts';
import { retryConflicts } from './retry-conflicts.ts';

/**
 * What became of a conditional write. `row` is what the command's `ReturnValues` asks for, `refusedBy` the row that its
 * `ReturnValuesOnConditionCheckFailure` asks for; both are undefined where nothing was asked for or no row exists.
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

type SingleWrite = PutCommand | UpdateCommand | DeleteCommand;

// The three commands answer alike, but `send` has no overload for their union.
const sendOnce = (command: SingleWrite) => documents.send(command as UpdateCommand);

interface Put {
  TableName: string;
  Item: Record<string, unknown>;
}

/**
 * Writes a row, whatever was there. A transaction that is writing the same row delays it.
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
  command: SingleWrite,
  { conflictRefuses = false }: Options = {},
): Promise<WriteResult<Row>> {
  const send = () => sendOnce(command);
  try {
    const { Attributes, $metadata } = await (conflictRefuses ? send() : retryConflicts(send, isConflict));
    return { written: true, row: Attributes as Row, attempts: $metadata.attempts ?? 1 };
  } catch (error) {
    if (conflictRefuses && error instanceof TransactionConflictException)
      return { written: false, refusedBy: undefined, attempts: error.$metadata.attempts ?? 1 };
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // The document client leaves this row as DynamoDB has sent it.
    const refusedBy = error.Item && (unmarshall(error.Item) as Row);
    return { written: false, refusedBy, attempts: error.$metadata.attempts ?? 1 };
  }
}
