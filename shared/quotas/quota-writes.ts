import { firstToGo, forgotten, lostFlights, mayComeAgain, most, withOneMore } from './flight.ts';
import type { Unanswered, Flight, Counts } from './quota.ts';
import { givenBack, type Ask, type Step } from './reservation.ts';
import type { Piece } from '../aws/update.ts';

/** A call that has ended. */
export interface Landing {
  id: string;
  fingerprint: string;
  flight: Flight;
  /** Whether the write that counted it was sent more than once. */
  wasRepeated: boolean;
}

/** Takes dead calls out of the row. Their ids never come again, so nothing is assumed. */
const withoutFlights = (ids: readonly string[]): Piece[] =>
  ids.map((id, n) => ({ remove: `flying.#lost${n}`, names: { [`#lost${n}`]: id } }));

/** Takes fingerprints out of the row that are still as they were found. */
const withoutPrints = ({ unanswered }: Counts, prints: readonly string[]): Piece[] =>
  prints.map((print, n) => ({
    when: `unanswered.#past${n} = :past${n}`,
    remove: `unanswered.#past${n}`,
    names: { [`#past${n}`]: print },
    values: { [`:past${n}`]: unanswered[print] },
  }));

/** Counts a call and remembers that it is under way. */
export function reservePieces(ask: Ask, step: Step): Piece[] {
  const { id, fingerprint, limits } = ask;
  const { flight, endedWindow, endedDay, alike, lost = [], crowd = 0 } = step;
  const { at, day, repeats } = flight;
  const pieces: Piece[] = [
    {
      when: 'attribute_not_exists(flying.#id) AND size(flying) < :crowd',
      set: 'flying.#id = :flight, lastCallAt = :at',
      names: { '#id': id },
      values: { ':flight': flight, ':at': at, ':crowd': Math.max(most.flying, crowd + 1) },
    },
    alike
      ? {
          when: 'unanswered.#print = :seen',
          ...(alike.rest.length > 0
            ? { set: 'unanswered.#print = :rest', values: { ':seen': alike.seen, ':rest': alike.rest } }
            : { remove: 'unanswered.#print', values: { ':seen': alike.seen } }),
          names: { '#print': fingerprint },
        }
      : { when: 'attribute_not_exists(unanswered.#print)', names: { '#print': fingerprint } },
    ...withoutFlights(lost),
  ];
  if (repeats) return pieces;
  pieces.push({ set: 'calls = calls + :one', values: { ':one': 1 } });
  pieces.push(
    endedWindow
      ? {
          when: 'requestsFrom = :from AND requestsUsed = :used',
          set: 'requestsFrom = :at, requestsUsed = :one',
          values: { ':from': endedWindow.requestsFrom, ':used': endedWindow.requestsUsed },
        }
      : {
          when: 'requestsFrom > :over AND requestsFrom <= :at AND requestsUsed > :none AND requestsUsed < :requests',
          set: 'requestsUsed = requestsUsed + :one',
          values: { ':over': at - limits.window, ':none': 0, ':requests': limits.requests },
        },
  );
  if (day === undefined) return pieces;
  pieces.push(
    endedDay === undefined
      ? {
          when: 'questionsDay = :day AND questionsUsed < :questions',
          set: 'questionsUsed = questionsUsed + :one',
          values: { ':day': day, ':questions': limits.questions },
        }
      : {
          when: 'questionsDay = :endedDay',
          set: 'questionsDay = :day, questionsUsed = :one',
          values: { ':day': day, ':endedDay': endedDay },
        },
  );
  return pieces;
}

/** What stays of a call that has ended. */
const landed = ({ at }: Flight): Flight => ({ at, landed: true });

/** Says that a call is not under way any more, which can be said once, and takes along what is of no use any more. */
function landPieces(
  { id, flight, wasRepeated }: Landing,
  row: Counts,
  prints: readonly string[],
  now: number,
): Piece[] {
  const lost = lostFlights(row, now).filter((one) => one !== id);
  const stays = wasRepeated && mayComeAgain(flight, now);
  return [
    {
      when: 'attribute_exists(flying.#id) AND attribute_not_exists(flying.#id.landed)',
      ...(stays
        ? { set: 'flying.#id = :landed', values: { ':landed': landed(flight) } }
        : { remove: 'flying.#id' }),
      names: { '#id': id },
    },
    ...withoutFlights(lost),
    ...withoutPrints(row, prints),
  ];
}

/** The call has landed; without an answer it is remembered, so that its repeat is not counted. */
export function settlePieces(
  landing: Landing,
  row: Counts,
  entry: Unanswered | undefined,
  now: number,
): Piece[] {
  const { fingerprint } = landing;
  const past = forgotten(row, now);
  if (!entry) return landPieces(landing, row, past, now);

  const alike = row.unanswered[fingerprint];
  const others = past.filter((print) => print !== fingerprint);
  const size = Object.keys(row.unanswered).length;
  const isFull = alike === undefined && others.length === 0 && size >= most.unanswered;
  const leaving = isFull ? [firstToGo(row)!] : others;
  return [
    ...landPieces(landing, row, leaving, now),
    {
      when: alike
        ? 'unanswered.#print = :seen'
        : 'attribute_not_exists(unanswered.#print) AND size(unanswered) < :most',
      set: 'unanswered.#print = :alike',
      names: { '#print': fingerprint },
      values: {
        ...(alike ? { ':seen': alike } : { ':most': Math.max(most.unanswered, size + 1) }),
        ':alike': withOneMore(alike, entry, now),
      },
    },
  ];
}

/** Keeps a call from being counted by a write that is still under way. Refused where it has been counted. */
export const preventPieces = ({ id, flight }: Pick<Landing, 'id' | 'flight'>): Piece[] => [
  {
    when: 'attribute_exists(userId) AND attribute_not_exists(flying.#id)',
    set: 'flying.#id = :landed',
    names: { '#id': id },
    values: { ':landed': landed(flight) },
  },
];

/** Gives back what the call was counted for; one that repeats another leaves that one to the next repeat. */
export function refundPieces(landing: Landing, row: Counts, now: number): Piece[] {
  const { flight } = landing;
  const { call, request, question } = givenBack(flight, row);
  const counted = { values: { ':one': 1 } };
  return [
    ...settlePieces(landing, row, flight.repeats, now),
    ...(call ? [{ ...counted, set: 'calls = calls - :one' }] : []),
    ...(request
      ? [
          {
            when: 'requestsFrom <= :at',
            set: 'requestsUsed = requestsUsed - :one',
            values: { ':at': flight.at, ':one': 1 },
          },
        ]
      : []),
    ...(question
      ? [
          {
            when: 'questionsDay = :day',
            set: 'questionsUsed = questionsUsed - :one',
            values: { ':day': flight.day, ':one': 1 },
          },
        ]
      : []),
  ];
}
