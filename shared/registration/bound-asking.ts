import type { Ports } from '../deployment/capability.ts';
import { day } from '../clock.ts';
import type { Settings } from '../deployment/settings.ts';
import type { Invite } from '../invites/invite.ts';
import type { Guesser } from '../guards/guard-guessing.ts';
import type { requireCaptchas } from '../guards/require-captchas.ts';
import type { countOutcomes } from '../guards/rates.ts';

type Tools = Ports<readonly [typeof countOutcomes, typeof requireCaptchas]>;

/** Answers of an invite, beyond its uses, that need no captcha: people forget that they have an account. */
const freeAnswers = 5;
/** An invite with more uses than this gives no more free answers for them. */
const mostUses = 100;

/**
 * Bounds how often the holders of an invite hear that an address or a name is taken, which would tell members from
 * strangers without using the invite: when its answers of the day are spent, each registration wants a captcha, whether the
 * address is free or not, so that asking for one tells nothing (C104). Nobody is kept out by the questions of others.
 * @param isTaken whether the answer is that something is taken; any other costs a use.
 */
export async function boundAsking(
  { id, maxUses }: Pick<Invite, 'id' | 'maxUses'>,
  isTaken: boolean,
  { request, captcha }: Guesser,
  { outcomes, captchas }: Tools,
  { rates }: Pick<Settings, 'rates'>,
  now: number,
): Promise<void> {
  if (rates === 'off') return;
  const window = [`asked#${id}`, Math.min(maxUses, mostUses) + freeAnswers, day, now] as const;
  const isSpent = isTaken ? !(await outcomes.take(...window)).admitted : await outcomes.isSpent(...window);
  if (isSpent) await captchas.require(captcha, request.id, now);
}
