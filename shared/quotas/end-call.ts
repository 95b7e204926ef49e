import type { UpdatePart } from '../aws/update.ts';
import { minute } from '../clock.ts';
import { limitsFor, type Quota } from './quota.ts';

/** A call that was counted and let through. */
export interface Reservation {
  userId: string;
  id: string;
  call: Quota['underWay'][string];
  /** Whether the write that counted it was sent more than once. */
  wasRepeated: boolean;
  /** The row as it was last seen. */
  row: Quota;
}

/** No function runs longer. A call that is still under way after this time has died with its function, and stays counted. */
const maxCallMs = 15 * minute;

/** For how long after a call was counted a copy of the counting write may still arrive. */
const maxDelayMs = minute;

/** The most ids that one write removes, since an expression holds at most 4 KB. Later writes remove the others. */
const maxRemoved = 20;

/** Removes other calls that died, or ended long ago. Ids are never reused, so no condition is needed. */
export const removeStale = ({ underWay }: Quota, own: string, now: number): UpdatePart[] =>
  Object.entries(underWay)
    .filter(([id, { at, ended }]) => id !== own && at + (ended ? maxDelayMs : maxCallMs) <= now)
    .slice(0, maxRemoved)
    .map(([id], n) => ({ remove: `underWay.#stale${n}`, names: { [`#stale${n}`]: id } }));

/** Keeps the id for a while, so that a late copy of the counting write does not count the call again. */
const keepId = (call: Reservation['call']): UpdatePart => ({
  set: 'underWay.#id = :ended',
  values: { ':ended': { ...call, ended: true } },
});

/** Gives the call back to the window and the day that counted it, but not to later ones. */
function giveBack({ call, row }: Reservation): UpdatePart[] {
  const counted = limitsFor(call).filter((name) => row[name].startedAt <= call.at);
  return [
    { set: 'calls = calls - :one', values: { ':one': 1 } },
    ...counted.map((name) => ({
      when: `${name}.startedAt <= :at`,
      set: `${name}.used = ${name}.used - :one`,
      values: { ':at': call.at },
    })),
  ];
}

/** Ends a call. A second end is refused. */
export function endCall(reservation: Reservation, isGivenBack: boolean, now: number): UpdatePart[] {
  const { id, call, wasRepeated, row } = reservation;
  const when = 'attribute_exists(underWay.#id) AND attribute_not_exists(underWay.#id.ended)';
  return [
    { when, names: { '#id': id } },
    wasRepeated && now < call.at + maxDelayMs ? keepId(call) : { remove: 'underWay.#id' },
    ...removeStale(row, id, now),
    ...(isGivenBack ? giveBack(reservation) : []),
  ];
}

/** Prevents a write that may still arrive from counting the call. Refused if the call has been counted. */
export const preventCall = ({ id, call }: Pick<Reservation, 'id' | 'call'>): UpdatePart[] => [
  { when: 'attribute_exists(underWay) AND attribute_not_exists(underWay.#id)', names: { '#id': id } },
  keepId(call),
];
