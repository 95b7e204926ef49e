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
import { quotaRef } from './quota-rows.ts';
import { planReservation, type Attempt, type LimitReached } from './reserve-call.ts';

type Caller = Pick<User, 'id' | 'epoch'> & CallGrants;

/** Rounds within which a write must find the row as it expects it. */
const rounds = 20;

/** Writes all of `parts` or nothing. The result has the row after the write, or the row that refused it. */
const write = (config: Config, userId: string, parts: readonly UpdatePart[]) =>
  conditionalWrite<Quota>({
    Update: {
      ...quotaRef(config, userId),
      ...joinUpdates(parts),
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  });

/** Writes a user's first row, if the user is still there: a user who is being deleted leaves no row behind. */
async function begin(config: Config, user: Caller, Item: Quota): Promise<void> {
  const ConditionExpression = 'attribute_not_exists(underWay)';
  const quota = { Put: { TableName: config.table('quotas'), Item, ConditionExpression } };
  const refused = await transact({ quota, user: userCheck(config, user) });
  if (refused.includes('user')) throw new Failure('unauthenticated');
}

type Outcome = { reservation: Reservation } | { refusal: LimitReached };

interface Sent {
  /** The call of a write that was sent more than once or had no answer: a copy of the write may still arrive. */
  mayArrive?: Reservation['call'];
}

/** Counts a call, and notes in `sent` the write that must be undone if the call is not let through. */
async function count(
  config: Config,
  user: Caller,
  attempt: Attempt,
  sent: Sent,
  now: number,
): Promise<Outcome> {
  const made = { userId: user.id, id: attempt.id };
  let row = expectedRow(user.id, now);
  for (let round = 0; round < rounds; round += 1) {
    const plan = planReservation(row, attempt, now);
    if (plan === 'busy') break;
    if ('refusal' in plan) return plan;
    if ('counted' in plan) return { reservation: { ...made, call: plan.counted, wasRepeated: true, row } };
    const { call, parts } = plan;
    const result = await write(config, user.id, parts).catch((error: unknown) => {
      sent.mayArrive = call;
      throw error;
    });
    if (result.attempts > 1) sent.mayArrive = call;
    const wasRepeated = sent.mayArrive !== undefined;
    if (result.written) return { reservation: { ...made, call, wasRepeated, row: result.row } };
    row = asQuota(user.id, result.refusedBy);
    if (row !== result.refusedBy) await begin(config, user, row);
  }
  throw new Failure('busy');
}

/**
 * Counts users' relayed calls against their limits. One conditional write decides on both limits, counts the call and
 * remembers it; most often this is the only write. While the store is down, no call passes.
 */
export const useQuotas = capability(
  'quotas',
  [onTable('quotas', 'UpdateItem', 'PutItem'), onTable('users', 'ConditionCheckItem')],
  (config) => {
    /** Ends a call. Does nothing if the call has ended already or its user is gone. */
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

    /** Undoes a write that may have counted the call, or may still count it. */
    const undo = async (user: Caller, made: Pick<Reservation, 'id' | 'call'>, now: number): Promise<void> => {
      const result = await write(config, user.id, preventCall(made));
      if (result.written) return;
      const row = asQuota(user.id, result.refusedBy);
      if (row !== result.refusedBy) {
        // The row must exist to hold the id: a late copy of the write would count if another call began the row.
        await begin(config, user, row);
        return undo(user, made, now);
      }
      const call = row.underWay[made.id];
      if (call) await end({ userId: user.id, id: made.id, call, row, wasRepeated: true }, true, now);
    };

    return {
      /**
       * Counts the call, only once for one `id`.
       * @throws Failure `busy` if too many calls are under way; `unauthenticated` if the user has just been deleted.
       */
      async reserve(
        { user, ...asked }: { user: Caller; id: string; isQuestion: boolean },
        now: number,
      ): Promise<Outcome> {
        const sent: Sent = {};
        const undoSent = async (): Promise<void> => {
          const call = sent.mayArrive;
          if (call) await undo(user, { id: asked.id, call }, now).catch(() => undefined);
        };
        const attempt = { ...asked, limits: limitsOf(user, config.settings) };
        const outcome = await count(config, user, attempt, sent, now).catch(async (error: unknown) => {
          await undoSent();
          throw error;
        });
        if ('refusal' in outcome) await undoSent();
        return outcome;
      },

      /** Ends a call that the provider has answered: it stays counted. */
      settle: (reservation: Reservation, now: number) => end(reservation, false, now),

      /** Ends a call that the provider has not answered: it is given back once, however often this is called. */
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
