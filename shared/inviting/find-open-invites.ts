import { batchLimit, readRows } from '../aws/read-rows.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { openInviteRef } from '../invites/invite-rows.ts';

/** Finds addresses that are invited already. */
export const findOpenInvites = capability('openInvites', [onTable('invites', 'BatchGetItem')], (config) => ({
  /** Those of the `emails`, each named once, that have an open invite. */
  async among(emails: readonly string[], now: number): Promise<Set<string>> {
    const found = new Set<string>();
    for (let start = 0; start < emails.length; start += batchLimit) {
      const some = emails.slice(start, start + batchLimit);
      const rows = await readRows(some.map((email) => openInviteRef(config, email)));
      for (const [at, email] of some.entries()) {
        const row = rows[at] as { expiresAt: number } | undefined;
        if (row && row.expiresAt > now) found.add(email);
      }
    }
    return found;
  },
}));
