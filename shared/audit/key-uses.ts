import { capability, onIndex } from '../deployment/capability.ts';
import { keyUseActions } from './actions.ts';
import { oneOfActions } from './audit-filter.ts';
import { walkIndex } from './walk-index.ts';
import { trailStart, type AuditEntry } from './write-audit.ts';

const keyUses = oneOfActions(keyUseActions);

/** Reads the uses of a user's API keys: each call for which a key was decrypted. */
export const readKeyUses = capability('uses', [onIndex('audit', 'byActor')], (config) => ({
  /**
   * At most `limit` uses of a user's key for a service, newest first, that are older than `before`, which is the `next`
   * of the page before. A page can be empty and still have a next one.
   */
  async page(
    userId: string,
    service: string,
    limit: number,
    before: string | undefined,
    now: number,
  ): Promise<{ entries: AuditEntry[]; next?: string }> {
    const { rows, reached } = await walkIndex(
      config,
      { IndexName: 'byActor', partition: 'actorId', value: userId },
      {
        expression: `${keyUses.expression} AND #service = :service`,
        names: { '#action': 'action', '#service': 'service' },
        values: { ...keyUses.values, ':service': service },
      },
      limit,
      before,
      trailStart(config, now),
    );
    const next = rows.length > limit ? rows[limit - 1]!.sk : reached;
    return { entries: rows.slice(0, limit), ...(next !== undefined && { next }) };
  },
}));
