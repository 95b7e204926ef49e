import { capability, onIndex } from '../deployment/capability.ts';
import { keyUseActions } from './actions.ts';
import { oneOfActions } from './audit-filter.ts';
import { walkIndex } from './walk-index.ts';
import { trailStart, type AuditEntry } from './write-audit.ts';

const keyUses = oneOfActions(keyUseActions);

/** Uses of API keys are left out: they have a list of their own. */
const otherThanUses = {
  expression: `NOT ${keyUses.expression}`,
  names: { '#action': 'action' },
  values: keyUses.values,
};

/** What a user did, and what was done to them. */
const sources = [
  { IndexName: 'byActor', partition: 'actorId' },
  { IndexName: 'bySubject', partition: 'subjectId' },
] as const;

export const readActivity = capability(
  'activity',
  [onIndex('audit', 'byActor'), onIndex('audit', 'bySubject')],
  (config) => ({
    /**
     * At most `limit` entries, newest first, that are older than `before`, which is the `next` of the page before. A page
     * can be empty and still have a next one.
     */
    async page(
      userId: string,
      limit: number,
      before: string | undefined,
      now: number,
    ): Promise<{ entries: AuditEntry[]; next?: string }> {
      const start = trailStart(config, now);
      const parts = await Promise.all(
        sources.map((source) =>
          walkIndex(config, { ...source, value: userId }, otherThanUses, limit, before, start),
        ),
      );
      // Below the position that one index has reached, its unread rows may belong among the other index's rows.
      const reached = parts.map((part) => part.reached ?? '').reduce((a, b) => (a > b ? a : b));
      const told = new Map(parts.flatMap(({ rows }) => rows).map((row) => [row.sk, row]));
      const entries = [...told.values()]
        .filter(({ sk }) => sk >= reached)
        .sort((a, b) => (a.sk < b.sk ? 1 : -1));
      const next = entries.length > limit ? entries[limit - 1]!.sk : reached;
      return { entries: entries.slice(0, limit), ...(next !== '' && { next }) };
    },
  }),
);
