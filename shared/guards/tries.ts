import { updateOnce } from '../aws/update-once.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { second, toSeconds } from '../clock.ts';
import { endOfWindow, startOfWindow, type Budget } from './when-to-try.ts';

/**
 * Counts failures, so that guessing ends. A try is taken before it is known whether it fails, and given back when it
 * did not: however many come at once, no more than the budget are looked at.
 */
export const countTries = capability('tries', [onTable('counters', 'UpdateItem')], (config) => {
  const rowOf = (name: string, windowMs: number, at: number) => ({
    TableName: config.table('counters'),
    Key: { pk: `tries#${name}#${startOfWindow(windowMs, at)}` },
  });
  return {
    /**
     * @returns undefined when there was a try left, else when (milliseconds) to come again: soon, where tries that
     * are under way and may not fail hold the rest of the budget.
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

    /** Says how a try has ended: one that failed stays taken until the window ends. */
    async settle(name: string, { windowMs }: Budget, taken: number, failed: boolean): Promise<void> {
      const change = failed
        ? { add: 'failures :one', values: { ':one': 1 } }
        : { when: 'tries > :none', add: 'tries :less', values: { ':less': -1, ':none': 0 } };
      // Refused where it was given back already, by a request whose answer was lost.
      await updateOnce(rowOf(name, windowMs, taken), 'lastSettled', change);
    },
  };
});
