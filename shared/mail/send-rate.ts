import { setTimeout as wait } from 'node:timers/promises';
import type { Ports } from '../deployment/capability.ts';
import { hour, second, type Clock } from '../clock.ts';
import type { countRates } from '../guards/rates.ts';

type Tools = Ports<readonly [typeof countRates]> & { clock: Clock };

/**
 * Strangers' mail takes at most a quarter of the account's rate, in short windows, so that the mail of proven people waits
 * behind it for at most five seconds.
 */
const strangersWindowMs = 20 * second;
const strangersShare = 1 / 4;

/** @returns undefined when a stranger's mail may be sent now, else when (milliseconds) to come again. */
export async function whenStrangerMaySend(
  perSecond: number,
  { rates, clock }: Tools,
): Promise<number | undefined> {
  const limit = Math.max(1, Math.floor(perSecond * (strangersWindowMs / second) * strangersShare));
  const turn = await rates.take('mail#strangers', limit, strangersWindowMs, clock.now());
  return turn.admitted ? undefined : turn.until;
}

/**
 * Notices that a mailbox gets in an hour ahead of strangers' mail. Further ones wait with strangers' mail, since an owner can
 * cause any number. None is dropped: otherwise a thief could hide a notice behind others (C98).
 */
const noticesPerHour = 10;

/** Whether one more notice to a mailbox goes before strangers' mail. */
export const mayNoticeHurry = async (to: string, { rates, clock }: Tools): Promise<boolean> =>
  (await rates.take(`notices#${to}`, noticesPerHour, hour, clock.now())).admitted;

/** How long mail that is not urgent waits when a new second begins, so that urgent mail goes first. */
const yieldMs = 100;

/** How many turns a mail waits for: Lambda must not end a function that waits for as long as others take every turn. */
const mostTurns = { urgent: 7, other: 5 };

/**
 * Waits until the account may send one more mail: all mailers together keep its rate, and urgent ones come first.
 * @returns undefined when it may be sent now, else when (milliseconds) to come again.
 */
export async function awaitSendSlot(
  perSecond: number,
  urgent: boolean,
  { rates, clock }: Tools,
): Promise<number | undefined> {
  for (let turns = 1; ; turns += 1) {
    const now = clock.now();
    const turn = await rates.take('mail', perSecond, second, now);
    if (turn.admitted) return undefined;
    if (turns >= (urgent ? mostTurns.urgent : mostTurns.other)) return turn.until;
    await wait(turn.until - now + (urgent ? 0 : yieldMs));
  }
}
