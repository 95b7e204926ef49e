import * as z from 'zod/mini';
import type { Ports } from '../deployment/capability.ts';
import { readKeys } from '../vault/read-keys.ts';
import { readCredentials } from '../passwords/read-credentials.ts';
import { listSessions } from '../sessions/list-sessions.ts';
import { readQuotas } from '../quotas/use-quotas.ts';
import { takeRows } from '../aws/query-rows.ts';
import { readSentInvites } from '../invites/issued-invites.ts';
import { listUsedApps } from '../apps/list-used-apps.ts';
import { readAuditOfActor } from '../audit/audit-of-actor.ts';
import { readActivity } from '../audit/read-activity.ts';
import { activityResponse, showActivity } from '../audit/show-activity.ts';
import { openRegistration } from '../invites/invite.ts';
import { limitsOf, usageOf } from '../quotas/quota.ts';
import type { User } from '../users/user.ts';
import * as show from './export-parts.ts';
import { showUsedApp, usedAppResponse } from './show-used-apps.ts';
import { inviteResponse, showOwnInvite } from '../invites/show-invite.ts';
import { quotaResponse, showQuota } from '../quotas/show-quota.ts';
import { takeBytes } from '../http/take-bytes.ts';
import { toIso } from '../http/time.ts';
import type { Settings } from '../deployment/settings.ts';

/** Limits for each part of an export, so that all parts fit into one answer (Lambda: 6 MB, after the quotes are escaped once more). */
const most = { rows: 2_000, bytes: 1_500_000 };

const listOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ items: z.array(item), truncated: z.boolean() });

export const exportReads = [
  readCredentials,
  readKeys,
  listSessions,
  listUsedApps,
  readQuotas,
  readSentInvites,
  readAuditOfActor,
  readActivity,
] as const;

/** What is stored about a user's account, without any secret that grants access. A part is one line here and one in `parts`. */
export const exportResponse = z.object({
  user: show.wholeUser,
  /** The user's limits and how much of them is used. */
  quota: quotaResponse,
  /** The invite that let the user in; null if registration was open. */
  redeemed: z.nullable(z.object({ inviteId: z.string(), at: z.string() })),
  credentials: z.nullable(show.credentialsMeta),
  keys: listOf(show.wholeKey),
  sessions: listOf(show.wholeSession),
  devices: listOf(show.wholeDevice),
  apps: listOf(usedAppResponse),
  invites: listOf(inviteResponse),
  audit: listOf(show.auditLine),
  /** What others did to the account, such as a change by an administrator or a refused sign-in. */
  byOthers: listOf(activityResponse),
});
type Export = z.input<typeof exportResponse>;

interface Asked extends Ports<typeof exportReads> {
  user: User;
  settings: Settings;
  now: number;
}

const parts: { [Part in keyof Export]: (asked: Asked) => Promise<Export[Part]> | Export[Part] } = {
  user: async ({ user, quotas, settings }) => show.showWholeUser(user, await quotas.of(user.id), settings),
  quota: async ({ user, quotas, settings, now }) =>
    showQuota(usageOf(await quotas.of(user.id), limitsOf(user, settings), now)),
  redeemed: ({ user }) =>
    user.inviteId === openRegistration.id ? null : { inviteId: user.inviteId, at: toIso(user.createdAt) },
  credentials: async ({ user, credentials }) => {
    const kept = await credentials.of(user.id);
    return kept ? show.showCredentials(kept) : null;
  },
  keys: async ({ user, keys, now }) => ({
    items: (await keys.of(user.id, now)).map(show.showWholeKey),
    truncated: false,
  }),
  sessions: async ({ user, sessions }) =>
    newest((await sessions.of(user.id)).sessions, show.showWholeSession),
  devices: async ({ user, sessions }) => newest((await sessions.of(user.id)).devices, show.showWholeDevice),
  apps: async ({ user, usedApps, settings }) => ({
    items: (await usedApps.of(user.id)).map((one) => showUsedApp(one, settings)),
    truncated: false,
  }),
  invites: ({ user, sent, now }) => list(sent.by(user.id), (invite) => showOwnInvite(invite, user, now)),
  audit: ({ user, auditLog, now }) => list(auditLog.by(user.id, now), show.showAudit),
  byOthers: async ({ user, activity, now }) => {
    const { entries, next } = await activity.page(user.id, most.rows, undefined, now);
    const lines = entries.map((entry) => showActivity(entry, user.id));
    return fitting(
      lines.filter(({ by }) => by !== 'me'),
      next !== undefined,
    );
  },
};

export async function exportAccount(asked: Asked): Promise<Export> {
  const loaded = Object.entries(parts).map(async ([name, load]) => [name, await load(asked)] as const);
  return Object.fromEntries(await Promise.all(loaded)) as Export;
}

async function list<Row, Item>(rows: AsyncIterable<Row>, map: (row: Row) => Item) {
  const { items, truncated } = await takeRows(rows, most.rows);
  return fitting(items.map(map), truncated);
}

/** The most recently used of rows that were all read. */
const newest = <Row extends { lastSeenAt?: number }, Item>(rows: readonly Row[], map: (row: Row) => Item) =>
  fitting(
    rows
      .toSorted((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0))
      .slice(0, most.rows)
      .map(map),
    rows.length > most.rows,
  );

/** As many of the first items as fit into `most.bytes`. */
function fitting<Item>(all: Item[], truncated: boolean): { items: Item[]; truncated: boolean } {
  const { items, isCut } = takeBytes(all, most.bytes, bytesInAnswer);
  return { items, truncated: truncated || isCut };
}

const bytesInAnswer = (item: unknown): number => Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
