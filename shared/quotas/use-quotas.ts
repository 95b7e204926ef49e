import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionalWrite } from '../aws/conditional-write.ts';
import { readRow } from '../aws/read-row.ts';
import { transact } from '../aws/transaction.ts';
import { joinUpdates, type UpdatePart } from '../aws/update.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { Failure } from '../errors/failure.ts';
import type { CallGrants } from '../users/call-limits.ts';
import { userCheck } from '../users/user-writes.ts';
import type { User } from '../users/user.ts';
import { endCall, preventCall, type Reservation } from './end-call.ts';
import { asQuota, expectedRow, limitsOf, type Quota } from './quota.ts';
import { planReservation, type Refusal } from './reserve-call.ts';

type Caller = Pick<User, 'id' | 'epoch'> & CallGrants;

/** Rounds in which a write must find the row as it expects it. */
const rounds = 20;

/** Where a user's row is. */
const quotaRef = (config: Config, userId: string) => ({
  TableName: config.table('quotas'),
  Key: { userId },
});

/** Writes all of `parts` or nothing. The result has the row after it, or the row that refused it. */
const write = (config: Config, userId: string, parts: readonly UpdatePart[]) =>
  conditionalWrite<Quota>(
    new UpdateCommand({
      ...quotaRef(config, userId),
      ...joinUpdates(parts),
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );

/** Writes a user's first row, if the user is still there: a user who is being deleted leaves no row behind. */
async function begin(config: Config, user: Caller, Item: Quota): Promise<void> {
  const ConditionExpression = 'attribute_not_exists(underWay)';
  const quota = { Put: { TableName: config.table('quotas'), Item, ConditionExpression } };
  const refused = await transact({ quota, user: userCheck(config, user) });
  if (refused.includes('user')) throw new Failure('unauthenticated');
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
        const parts = endCall({ ...reservation, row }, isGivenBack, now);
        const result = await write(config, reservation.userId, parts);
        if (result.written || !result.refusedBy) return;
        const call = result.refusedBy.underWay[reservation.id];
        if (!call || call.ended) return;
        row = result.refusedBy;
      }
      throw new Failure('busy');
    };

    /** Undoes a write of which is not known whether it has counted the call, or still will. */
    const undo = async (made: Reservation, now: number): Promise<void> => {
      const result = await write(config, made.userId, preventCall(made));
      if (result.written) return;
      const row = asQuota(made.userId, result.refusedBy);
      const call = row.underWay[made.id];
      if (call) await end({ ...made, call, row }, true, now);
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
        /** What a write counts that was sent more than once: a copy of it may still arrive. */
        let sentAgain: Reservation['call'] | undefined;
        for (let round = 0; round < rounds; round += 1) {
          const plan = planReservation(row, attempt, now);
          const made = { userId: user.id, id: asked.id, row, wasRepeated: true };
          if (plan === 'busy' || 'refusal' in plan) {
            // The caller makes no call, and a copy that comes once there is room again must count none.
            if (sentAgain) await undo({ ...made, call: sentAgain }, now).catch(() => undefined);
            if (plan === 'busy') break;
            return plan;
          }
          if ('counted' in plan) return { reservation: { ...made, call: plan.counted } };
          const { call, parts } = plan;
          const result = await write(config, user.id, parts).catch(async (error: unknown) => {
            // The caller is told of the error, and makes no call.
            await undo({ ...made, call }, now).catch(() => undefined);
            throw error;
          });
          if (result.attempts > 1) sentAgain = call;
          const wasRepeated = sentAgain !== undefined;
          if (result.written) return { reservation: { ...made, call, wasRepeated, row: result.row } };
          row = asQuota(user.id, result.refusedBy);
          if (row !== result.refusedBy) await begin(config, user, row);
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

/** Reads users' quota rows. */
export const readQuotas = capability('quotas', [onTable('quotas', 'GetItem')], (config) => ({
  async of(userId: string): Promise<Quota> {
    return asQuota(userId, await readRow<Quota>(quotaRef(config, userId)));
  },
}));
