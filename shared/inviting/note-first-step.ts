import type { Ports } from '../deployment/capability.ts';
import { noteSteps } from '../invites/note-steps.ts';
import { traceOf, type Log } from '../aws/log.ts';
import { noteFirstSteps } from '../users/note-first-steps.ts';
import type { FirstStep, User } from '../users/user.ts';

export const notingFirstSteps = [noteSteps, noteFirstSteps] as const;

/**
 * Notes on a user, and on the invite that admitted them, that they did something for the first time. The user's row, which was read
 * already, says whether the step was noted, so that a later time costs no write. That row is written last, so that an interrupted note
 * is made again.
 * The note is for the statistics alone, and its failure fails no request: the next time makes up for it.
 */
export async function noteFirstStep(
  user: User,
  step: FirstStep,
  { steps, firstSteps, log }: Ports<typeof notingFirstSteps> & { log: Log },
  now: number,
): Promise<void> {
  if (user[step] !== undefined) return;
  try {
    await steps.first(user.inviteId, step, now);
    await firstSteps.note(user.id, step, now);
  } catch (error) {
    log.warn('first-step.unnoted', { userId: user.id, ...traceOf(error) });
  }
}
