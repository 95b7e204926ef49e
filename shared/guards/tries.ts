import { updateOnce } from '../aws/update-once.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { second, toSeconds } from '../clock.ts';
import { endOfWindow, startOfWindow, type Budget } from './when-to-try.ts';

/**
 * Counts failures, to stop guessing. A try is taken before its outcome is known, and given back if it did not fail: however many
 * requests come at once, no more tries than the budget are checked.
 */
export const countTries = capability('tries', [onTable('counters', 'UpdateItem')], (config) => {
  const rowOf = (name: string, windowMs: number, at: number) => ({
    TableName: config.table('counters'),
    Key: { pk: `tries#${name}#${startOfWindow(windowMs, at)}` },
  });
  return {
    /**
     * @returns undefined if a try was left, else when (milliseconds) to come again: soon, if tries that are under way and may not fail
     * hold the rest of the budget.
     */
    async take(name: string, { limit, windowMs }: Budget, now: number): Promise<number | undefined> {
      const end = endOfWindow(windowMs, now);
      const taken = await updateOnce<{ failures?: number }>(rowOf(name, windowMs, now), 'lastTaken', {
        when: '(attribute_not_exists(tries) OR tries < :limit)',
        set: '#ttl = :ttl',
        add: 'tries :one',
        names: { '#ttl': 'ttl' },
        values: { ':one': 1, ':limit': limit, ':ttl': toSeconds(end) },
      });
      if (taken.written) return undefined;
      const { failures = 0 } = taken.refusedBy ?? {};
      return failures < limit ? now + second : end;
    },

    /** Records how a try has ended: a failed try stays taken until the window ends. */
    async settle(name: string, { windowMs }: Budget, taken: number, failed: boolean): Promise<void> {
      const change = failed
        ? { add: 'failures :one', values: { ':one': 1 } }
        : { when: 'tries > :none', add: 'tries :less', values: { ':less': -1, ':none': 0 } };
      // Refused if the try was given back already, by an update whose answer was lost.
      await updateOnce(rowOf(name, windowMs, taken), 'lastSettled', change);
    },
  };
});
