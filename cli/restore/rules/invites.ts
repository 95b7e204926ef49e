import { mailboxOf, type Invite } from '#shared/invites/invite.ts';
import {
  codePk,
  formerPerson,
  inviteKey,
  openInvitePk,
  redemptionPrefix,
} from '#shared/invites/invite-rows.ts';
import { counted, done, keysOf, type Facts, type Restored, type Row, type Rows } from '../rule.ts';
import { keptInvite, lostInvite, namedBy } from './invite.ts';

const key = (pk: unknown, sk: unknown): string => `${String(pk)} ${String(sk)}`;
const record = inviteKey('').sk;

const isInvite = ({ sk, listing }: Row): boolean => sk === record && listing === 'invite';
const isRedemption = ({ sk }: Row): boolean => String(sk).startsWith(redemptionPrefix);
const asInvite = (row: object): Invite => row as Invite;

/**
 * Invites as they were then, and invites made since. Invites that were used, withdrawn or given a new link since stay so.
 * Invites that an administrator has deleted since stay away.
 */
export function invites(then: Rows, now: Rows, facts: Facts): Restored {
  const { rows, told } = recordsOf(then, now, facts);
  addRedemptions(rows, then, now, facts);
  for (const name of keysOf(then, now)) {
    const candidates = [now.get(name), then.get(name)].filter((row) => row !== undefined);
    const row = candidates.find((one) => pointsTo(rows, one));
    if (row) rows.set(name, row);
  }
  return { rows, told };
}

/** The rows of the invites themselves. */
function recordsOf(then: Rows, now: Rows, facts: Facts): { rows: Map<string, Row>; told: string[] } {
  const subjects = (...actions: Parameters<typeof done>[1][]) =>
    new Map(done(facts, ...actions).map(({ subjectId, actorId }) => [subjectId, actorId]));
  const deleted = subjects('invite.delete');
  const ended = subjects('invite.revoke', 'invite.reissue');
  const used = subjects('registration', 'device.move');
  const rows = new Map<string, Row>();
  const count = { kept: 0, since: 0, back: 0, away: 0, used: 0, ended: 0 };
  for (const name of keysOf(then, now)) {
    const [was, is] = [then.get(name), now.get(name)];
    const row = was ?? is!;
    if (!isInvite(row)) continue;
    const { id } = asInvite(row);
    if (deleted.has(id)) {
      count.away += Number(was !== undefined);
      continue;
    }
    const doings = { used: used.has(id), usedBy: used.get(id), ended: ended.has(id) };
    const next = !was
      ? asInvite(is!)
      : is
        ? keptInvite(asInvite(was), asInvite(is), facts.people)
        : lostInvite(asInvite(was), doings, facts.people);
    count[!was ? 'since' : is ? 'kept' : 'back'] += 1;
    count.used += Number(was?.['state'] === 'active' && next.state === 'used');
    count.ended += Number(was?.['state'] === 'active' && next.state === 'revoked');
    rows.set(name, { ...namedBy(next, facts.people) });
  }
  const told = counted(
    [count.kept, 'Invites as they were then'],
    [count.since, 'Invites that were not there then, and stay'],
    [count.back, 'Lost invites that come back'],
    [count.away, 'Invites that stay away, as they were deleted since'],
    [count.used, 'Invites that stay used, and were open then'],
    [
      count.ended,
      'Invites that are withdrawn, and were open then (give them a new link where they are wanted)',
    ],
  );
  return { rows, told };
}

/**
 * Adds who used which invite: the present rows, and the lost ones. If a user has left, the lost row comes without address, name
 * and device.
 */
function addRedemptions(rows: Map<string, Row>, then: Rows, now: Rows, { people }: Facts): void {
  const known = new Set<string>();
  for (const [name, row] of now)
    if (isRedemption(row)) {
      rows.set(name, row);
      known.add(key(row['pk'], row['userId']));
    }
  for (const [name, row] of then) {
    if (!isRedemption(row) || known.has(key(row['pk'], row['userId']))) continue;
    const { username: _, device: __, ...nameless } = row;
    const sk = `${redemptionPrefix}${formerPerson(String(row['userId']))}`;
    if (people.has(String(row['userId']))) rows.set(name, row);
    else rows.set(key(row['pk'], sk), { ...nameless, sk });
  }
}

/** Whether a row belongs to an invite that is there: its pass phrase, its short code, or the mailbox that it holds. */
function pointsTo(rows: ReadonlyMap<string, Row>, row: Row): boolean {
  if (isInvite(row) || isRedemption(row)) return false;
  const pk = String(row['pk']);
  const found = rows.get(
    'inviteId' in row ? key(inviteKey(String(row['inviteId'])).pk, record) : key(pk, record),
  );
  if (!found) return false;
  const invite = asInvite(found);
  if (row['sk'] === 'passphrase') return true;
  if (invite.codeKey !== undefined && pk === codePk(invite.codeKey)) return true;
  return invite.state === 'active' && pk === openInvitePk(mailboxOf(invite) ?? '');
}
