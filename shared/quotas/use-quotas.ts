import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { contested } from '../aws/contested.ts';
import { documents } from '../aws/dynamodb.ts';
import { transact } from '../aws/transaction.ts';
import { joinPieces, type Piece } from '../aws/update.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { Failure } from '../errors/failure.ts';
import { userCheck } from '../users/user-writes.ts';
import type { User } from '../users/user.ts';
import { endCall, preventCall, type Reservation } from './end-call.ts';
import { asQuota, expectedRow, limitsOf, type Quota } from './quota.ts';
import { planReservation, type Refusal } from './reserve-call.ts';

type Caller = Pick<User, 'id' | 'epoch' | 'requestLimit' | 'questionLimit'>;

/** Rounds in which a write must find the row as it expects it. */
const rounds = 20;

/** Writes all of `pieces` or nothing. @returns the row after it, or the row that refused it, if there is one. */
async function write(config: Config, userId: string, pieces: readonly Piece[]) {
  const update = new UpdateCommand({
    TableName: config.table('quotas'),
    Key: { userId },
    ...joinPieces(pieces),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    const { Attributes, $metadata } = await contested(() => documents.send(update));
    return { row: Attributes as Quota, attempts: $metadata.attempts };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const found = error.Item && (unmarshall(error.Item) as Quota);
    return { found, attempts: error.$metadata.attempts };
  }
}

/**
 * Counts users' relayed calls against their limits. One conditional write decides on both limits, counts, and remembers
 * the call; most often it is the only one. While the store is down, no call passes.
 */
export const useQuotas = capability(
  'quotas',
  [onTable('quotas', 'UpdateItem', 'PutItem'), onTable('users', 'ConditionCheckItem')],
  (config) => {
    /** Ends a call; one that has ended already, or whose user is gone, stays as it is. */
    const end = async (reservation: Reservation, isGivenBack: boolean, now: number): Promise<void> => {
      let { row } = reservation;
      for (let round = 0; round < rounds; round += 1) {
        const pieces = endCall({ ...reservation, row }, isGivenBack, now);
        const written = await write(config, reservation.userId, pieces);
        const call = written.found?.underWay[reservation.id];
        if (!written.found || !call || call.ended) return;
        row = written.found;
      }
      throw new Failure('busy');
    };

    /** Undoes a write of which is not known whether it has counted the call, or still will. */
    const undo = async (made: Reservation, now: number): Promise<void> => {
      const { found } = await write(config, made.userId, preventCall(made));
      const row = asQuota(made.userId, found);
      const call = row.underWay[made.id];
      if (call) await end({ ...made, call, row }, true, now);
    };

    /** Writes a user's first row, if the user is still there: a user who is being deleted leaves no row behind. */
    const begin = async (user: Caller, Item: Quota): Promise<void> => {
      const ConditionExpression = 'attribute_not_exists(underWay)';
      const quota = { Put: { TableName: config.table('quotas'), Item, ConditionExpression } };
      const refused = await transact({ quota, user: userCheck(config, user) });
      if (refused.includes('user')) throw new Failure('unauthenticated');
    };

    return {
      /**
       * Counts the call, once for one `id`.
       * @throws Failure `busy` where too many calls are under way; `unauthenticated` where the user has just been deleted.
       */
      async reserve(
        { user, ...asked }: { user: Caller; id: string; isQuestion: boolean },
        now: number,
      ): Promise<{ reservation: Reservation } | { refusal: Refusal }> {
        const attempt = { ...asked, limits: limitsOf(user, config.settings) };
        let row = expectedRow(user.id, now);
        let wasRepeated = false;
        for (let round = 0; round < rounds; round += 1) {
          const plan = planReservation(row, attempt, now);
          if (plan === 'busy') break;
          if ('refusal' in plan) return plan;
          const made = { userId: user.id, id: asked.id, row, wasRepeated: true };
          if ('counted' in plan) return { reservation: { ...made, call: plan.counted } };
          const { call, pieces } = plan;
          const written = await write(config, user.id, pieces).catch(async (error: unknown) => {
            // The caller is told of the error, and makes no call.
            await undo({ ...made, call }, now).catch(() => undefined);
            throw error;
          });
          wasRepeated ||= (written.attempts ?? 1) > 1;
          if (written.row) return { reservation: { ...made, call, wasRepeated, row: written.row } };
          row = asQuota(user.id, written.found);
          if (row !== written.found) await begin(user, row);
        }
        throw new Failure('busy');
      },

      /** Ends a call that the provider has answered: it stays counted. */
      settle: (reservation: Reservation, now: number) => end(reservation, false, now),

      /** Ends a call that the provider has not answered: it is given back, once, however often that is said. */
      refund: (reservation: Reservation, now: number) => end(reservation, true, now),
    };
  },
);

/** Reads what is kept of users' calls. */
export const readQuotas = capability('quotas', [onTable('quotas', 'GetItem')], (config) => ({
  async of(userId: string): Promise<Quota> {
    const { Item } = await documents.send(
      new GetCommand({ TableName: config.table('quotas'), Key: { userId }, ConsistentRead: true }),
    );
    return asQuota(userId, Item as Quota | undefined);
  },
}));
