import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { itemOf } from '../aws/attributes.ts';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../capability.ts';
import type { Config } from '../config.ts';
import { afterSilence } from '../domain/flight.ts';
import { limitsOf, type Counts, type Quota } from '../domain/quota.ts';
import { countedRow, planReservation, usualStep, type Plan, type Refusal } from '../domain/reservation.ts';
import type { User } from '../domain/user.ts';
import { Failure } from '../errors/failure.ts';
import { contested } from './contested.ts';
import { joinPieces, type Piece } from './pieces.ts';
import { refundPieces, reservePieces, settlePieces, type Landing } from './quota-writes.ts';

/** A call that was let through; to be settled or refunded when it has ended. */
export interface Reservation extends Landing {
  userId: string;
  /** The row as it was last seen. */
  row: Counts;
}

export type Admission = { admitted: true; reservation: Reservation } | ({ admitted: false } & Refusal);

interface Call {
  user: Pick<User, 'id' | 'requestLimit' | 'questionLimit'>;
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
type Written = { row: Quota } | { found: Quota | undefined };

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
    const { Attributes } = await contested(() => documents.send(new UpdateCommand(update)));
    return { row: Attributes as Quota };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { found: itemOf(error.Item) as Quota | undefined };
  }
}

/**
 * Counts users' relayed calls against their limits. One conditional write decides on both limits, counts, and remembers
 * the call; most often it is the only one. A store that is down lets nobody through.
 */
export const useQuotas = capability('quotas', [onTable('quotas', 'UpdateItem')], (config) => {
  /** Ends a call as the row allows it; one that has ended already, or whose user is gone, stays as it is. */
  const land = async (reservation: Reservation, piecesFor: (row: Counts) => Piece[]): Promise<boolean> => {
    const { userId, id } = reservation;
    let { row } = reservation;
    for (let round = 0; round < rounds; round += 1) {
      const written = await write(config, userId, piecesFor(row));
      if ('row' in written || !written.found?.flying[id]) return true;
      row = written.found;
    }
    return false;
  };

  const refund = async (reservation: Reservation, now: number): Promise<void> => {
    const isDone = await land(reservation, (row) => refundPieces(reservation, row, now));
    if (!isDone) throw new Failure('busy');
  };

  return {
    /**
     * Counts the call, once for one `id`; not at all where it repeats one that got no answer.
     * @throws Failure `busy` when too many calls of the user are under way, or others always come first.
     */
    async reserve({ user, ...asked }: Call, now: number): Promise<Admission> {
      const ask = { ...asked, limits: limitsOf(user, config.settings) };
      const { id, fingerprint } = ask;
      let row: Quota | undefined;
      let plan: Plan = { step: usualStep(ask, now) };
      for (let round = 0; round < rounds && plan !== 'busy'; round += 1) {
        if ('refusal' in plan) return { admitted: false, ...plan.refusal };
        const made = { userId: user.id, id, fingerprint };
        if ('flight' in plan)
          return { admitted: true, reservation: { ...made, flight: plan.flight, row: row! } };
        const { flight } = plan.step;
        try {
          const written = await write(config, user.id, reservePieces(ask, plan.step));
          if ('row' in written) return { admitted: true, reservation: { ...made, flight, row: written.row } };
          row = written.found;
        } catch (error) {
          // It may have been counted, and only the answers were lost: nobody will make the call.
          await refund({ ...made, flight, row: countedRow(flight) }, now).catch(() => undefined);
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
      if (!isDone) await land(reservation, (row) => settlePieces(reservation, row, undefined, now));
    },
  };
});

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
