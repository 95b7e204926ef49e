import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { afterSilence } from './flight.ts';
import { limitsOf, type Counts, type Quota } from './quota.ts';
import { emptyRow, planReservation, usualStep, type Plan, type Refusal } from './reservation.ts';
import type { User } from '../users/user.ts';
import { Failure } from '../errors/failure.ts';
import { contested } from '../aws/contested.ts';
import { joinPieces, type Piece } from '../aws/update.ts';
import { preventPieces, refundPieces, reservePieces, settlePieces, type Landing } from './quota-writes.ts';
import { transact } from '../aws/transaction.ts';
import { userCheck } from '../users/user-writes.ts';

/** A call that was let through; to be settled or refunded when it has ended. */
export interface Reservation extends Landing {
  userId: string;
  /** The row as it was last seen. */
  row: Counts;
}

export type Admission = { admitted: true; reservation: Reservation } | ({ admitted: false } & Refusal);

interface Call {
  user: Pick<User, 'id' | 'epoch' | 'requestLimit' | 'questionLimit'>;
  /** The caller's own id of this call: however often it is reserved under it, it is counted once. */
  id: string;
  /** Whether the call generates an answer. */
  isQuestion: boolean;
  /** Equal for calls that ask the same, such as a hash of path and body. */
  fingerprint: string;
}

/** Rounds in which a write must find the row as it expects it. */
const rounds = 20;

/** The row after the write; or the row that refused it, undefined where there is none. */
type Written = ({ row: Quota } | { found: Quota | undefined }) & { wasRepeated: boolean };

const wasRepeated = ({ attempts = 1 }: { attempts?: number | undefined } = {}): boolean => attempts > 1;

/** Writes all of `pieces` or nothing. */
async function write(config: Config, userId: string, pieces: readonly Piece[]): Promise<Written> {
  const update = {
    TableName: config.table('quotas'),
    Key: { userId },
    ...joinPieces(pieces),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
  try {
    const { Attributes, $metadata } = await contested(() => documents.send(new UpdateCommand(update)));
    return { row: Attributes as Quota, wasRepeated: wasRepeated($metadata) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return {
      found: error.Item && (unmarshall(error.Item) as Quota),
      wasRepeated: wasRepeated(error.$metadata),
    };
  }
}

/**
 * Counts users' relayed calls against their limits. One conditional write decides on both limits, counts, and remembers
 * the call; most often it is the only one. A store that is down lets nobody through.
 */
export const useQuotas = capability(
  'quotas',
  [onTable('quotas', 'UpdateItem', 'PutItem'), onTable('users', 'ConditionCheckItem')],
  (config) => {
    /** Ends a call as the row allows it; one that has ended already, or whose user is gone, stays as it is. */
    const land = async (reservation: Reservation, piecesFor: (row: Counts) => Piece[]): Promise<boolean> => {
      const { userId, id } = reservation;
      let { row } = reservation;
      for (let round = 0; round < rounds; round += 1) {
        const written = await write(config, userId, piecesFor(row));
        if ('row' in written) return true;
        const flight = written.found?.flying[id];
        if (!flight || flight.landed) return true;
        row = written.found!;
      }
      return false;
    };

    const refund = async (reservation: Reservation, now: number): Promise<void> => {
      const isDone = await land(reservation, (row) => refundPieces(reservation, row, now));
      if (!isDone) throw new Failure('busy');
    };

    /** Undoes a write of which nobody knows whether it has counted the call, or still will. */
    const undo = async (made: Landing & { userId: string }, now: number): Promise<void> => {
      const written = await write(config, made.userId, preventPieces(made));
      if ('row' in written || !written.found) return;
      const row = written.found;
      await refund({ ...made, flight: row.flying[made.id] ?? made.flight, row }, now);
    };

    /** Writes a user's first row, if the user is still there: nobody who is being deleted leaves one behind. */
    const begin = async (user: Call['user']): Promise<void> => {
      const refused = await transact({
        quota: {
          Put: {
            TableName: config.table('quotas'),
            Item: { userId: user.id, ...emptyRow },
            ConditionExpression: 'attribute_not_exists(userId)',
          },
        },
        user: userCheck(config, user),
      });
      if (refused.includes('user')) throw new Failure('unauthenticated');
    };

    return {
      /**
       * Counts the call, once for one `id`; not at all where it repeats one that got no answer.
       * @throws Failure `busy` when too many calls of the user are under way, or others always come first;
       * `unauthenticated` when the user was deleted or signed out in the same moment.
       */
      async reserve({ user, ...asked }: Call, now: number): Promise<Admission> {
        const ask = { ...asked, limits: limitsOf(user, config.settings) };
        const { id, fingerprint } = ask;
        const made = { userId: user.id, id, fingerprint };
        let row: Quota | undefined;
        let repeated = false;
        let plan: Plan = { step: usualStep(ask, now) };
        for (let round = 0; round < rounds && plan !== 'busy'; round += 1) {
          if (plan === 'first') {
            await begin(user);
            row = { userId: user.id, ...emptyRow };
            plan = planReservation(row, ask, now);
            continue;
          }
          if ('refusal' in plan) return { admitted: false, ...plan.refusal };
          if ('flight' in plan) {
            const { flight } = plan;
            return { admitted: true, reservation: { ...made, flight, wasRepeated: true, row: row! } };
          }
          const { flight } = plan.step;
          try {
            const written = await write(config, user.id, reservePieces(ask, plan.step));
            repeated ||= written.wasRepeated;
            if ('row' in written)
              return {
                admitted: true,
                reservation: { ...made, flight, wasRepeated: repeated, row: written.row },
              };
            row = written.found;
          } catch (error) {
            // Nobody will make the call.
            await undo({ ...made, flight, wasRepeated: true }, now).catch(() => undefined);
            throw error;
          }
          plan = planReservation(row, ask, now);
        }
        throw new Failure('busy');
      },

      /** Gives back what a call was counted for that never reached its provider, once, however often it is said. */
      refund,

      /** Says how a call has ended that reached its provider. One without an answer can be repeated uncounted for a while. */
      async settle(reservation: Reservation, outcome: 'answered' | 'unanswered', now: number): Promise<void> {
        const entry = outcome === 'unanswered' ? afterSilence(reservation.flight, now) : undefined;
        const isDone = await land(reservation, (row) => settlePieces(reservation, row, entry, now));
        if (isDone || (await land(reservation, (row) => settlePieces(reservation, row, undefined, now))))
          return;
        throw new Failure('busy');
      },
    };
  },
);

/** Reads what is kept of users' calls. */
export const readQuotas = capability('quotas', [onTable('quotas', 'GetItem')], (config) => ({
  /** Undefined is zero. */
  async of(userId: string): Promise<Quota | undefined> {
    const { Item } = await documents.send(
      new GetCommand({ TableName: config.table('quotas'), Key: { userId }, ConsistentRead: true }),
    );
    return Item as Quota | undefined;
  },
}));
