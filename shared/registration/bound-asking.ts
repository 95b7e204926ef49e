import type { Ports } from '../deployment/capability.ts';
import { day } from '../clock.ts';
import type { Settings } from '../deployment/settings.ts';
import type { Invite } from '../invites/invite.ts';
import type { Guesser } from '../guards/guard-guessing.ts';
import type { requireCaptchas } from '../guards/require-captchas.ts';
import type { countOutcomes } from '../guards/rates.ts';

type Tools = Ports<readonly [typeof countOutcomes, typeof requireCaptchas]>;

/** How many "taken" answers of an invite, beyond its uses, need no captcha: people forget that they have an account. */
const freeAnswers = 5;
/** Uses of an invite beyond this number add no free answers. */
const mostUses = 100;

/**
 * Bounds how often the holders of an invite hear that an address or a name is taken, which tells members from strangers
 * without a use of the invite. When the day's answers are spent, each registration needs a captcha, whether the address is
 * free or not, so that the demand for one reveals nothing (C104). No guest is kept out by the questions of others.
 * @param isTaken whether the answer is that something is taken; any other answer costs a use.
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
