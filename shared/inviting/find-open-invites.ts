import { readManyRows } from '../aws/read-rows.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { openInviteRef } from '../invites/invite-rows.ts';

/** Finds addresses that are invited already. */
export const findOpenInvites = capability('openInvites', [onTable('invites', 'BatchGetItem')], (config) => ({
  /** Those `emails` that have an open invite; `emails` names each address once. */
  async among(emails: readonly string[], now: number): Promise<Set<string>> {
    const rows = (await readManyRows(emails.map((email) => openInviteRef(config, email)))) as (
      { expiresAt: number } | undefined
    )[];
    return new Set(emails.filter((_, at) => (rows[at]?.expiresAt ?? 0) > now));
  },
}));
