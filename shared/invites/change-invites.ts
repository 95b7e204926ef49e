import { inBatches } from '../batches.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { mailboxOf, type Invite } from './invite.ts';
import { auditWrite, type Actor, type AuditEntry } from '../audit/write-audit.ts';
import { codeWrite, openInviteWrite, owedMail } from './create-invites.ts';
import {
  codeRef,
  endedTtl,
  inviteRef,
  inviteRow,
  openInviteRef,
  ownTtl,
  passphraseRef,
} from './invite-rows.ts';
import type { RowRef } from '../aws/read-row.ts';
import { transact, type Write } from '../aws/transaction.ts';
import { joinConditions, joinUpdates, setFields, type UpdatePart } from '../aws/update.ts';
import type { FirstStep } from '../users/user.ts';

type Writes = Record<string, Write | undefined>;

/** Deletes a row that points to the invite, unless it points to another invite by now. */
const release = (ref: RowRef, id: string): Write => ({
  Delete: {
    ...ref,
    ConditionExpression: 'attribute_not_exists(pk) OR inviteId = :id',
    ExpressionAttributeValues: { ':id': id },
  },
});

/** Frees the invite's mailbox for a new invite. */
export function releaseMailbox(config: Config, invite: Invite): Write | undefined {
  const mailbox = mailboxOf(invite);
  return mailbox === undefined ? undefined : release(openInviteRef(config, mailbox), invite.id);
}

const releaseCode = (config: Config, { id, codeKey }: Invite): Write | undefined =>
  codeKey === undefined ? undefined : release(codeRef(config, codeKey), id);

/**
 * Gives the pass phrase's row the present lifetime of its invite. Refused if TTL took that row before the invite's: without its pass
 * phrase an invite admits no guest.
 */
const keepPassphrase = (config: Config, invite: Invite): Write => ({
  Update: {
    ...passphraseRef(config, invite.id),
    ...joinUpdates([setFields({ ttl: ownTtl(invite) }), { when: 'attribute_exists(pk)' }]),
  },
});

/**
 * Does `writes` in one transaction with those `releases` whose rows still point to the invite. Once an invite has expired, another one
 * can take over its address or its code.
 * @returns the names of the writes that were refused; none if the transaction was done.
 */
async function commit(writes: Writes, releases: Writes): Promise<readonly string[]> {
  const refused = await transact({ ...writes, ...releases });
  const foreign = refused.filter((name) => name in releases);
  if (foreign.length === 0) return refused;
  const own = Object.fromEntries(Object.entries(releases).filter(([name]) => !foreign.includes(name)));
  return commit(writes, own);
}

/** Steps that stay noted when an invite gets a new link; all other notes belong to the old link. */
const steps = ['firstAppSignInAt', 'firstRelayAt'] as const satisfies readonly FirstStep[];

/** The condition that the invite has not changed since it was read. */
const unchanged = ({ state, generation, uses }: Invite): UpdatePart => ({
  when: '#state = :state AND generation = :generation AND uses = :uses',
  names: { '#state': 'state' },
  values: { ':state': state, ':generation': generation, ':uses': uses },
});

/** The conditions that no step was noted since the invite was read: no request would note it again on the row that replaces this one. */
const asNoted = (invite: Invite): UpdatePart[] =>
  steps.map((step) => ({ when: `attribute_${invite[step] === undefined ? 'not_' : ''}exists(${step})` }));

const audit = (config: Config, action: AuditEntry['action'], { id }: Invite, by: Actor, at: number) =>
  auditWrite(config, { ...by, action, outcome: 'done', subjectId: id, at });

/** Invites that are written at a time. */
const atOnce = 10;

/** Withdraws invites. */
export const revokeInvites = capability(
  'invites',
  [onTable('invites', 'UpdateItem', 'DeleteItem'), onTable('audit', 'PutItem')],
  (config) => {
    /** Withdraws an invite in the state that was read, if its row meets `asked`. */
    async function withdraw(invite: Invite, by: Actor, now: number, asked: UpdatePart): Promise<boolean> {
      const writes = {
        invite: {
          Update: {
            ...inviteRef(config, invite.id),
            ...joinUpdates([
              {
                set: '#state = :revoked',
                when: '#state = :state',
                names: { '#state': 'state' },
                values: { ':state': invite.state, ':revoked': 'revoked' },
              },
              asked,
              endedTtl(invite, now),
            ]),
          },
        },
        audit: audit(config, 'invite.revoke', invite, by, now),
      };
      return (await commit(writes, { mailbox: releaseMailbox(config, invite) })).length === 0;
    }
    return {
      /** Withdraws an invite in the state that was read; false if its state or its link has changed since. */
      revoke: (invite: Invite, by: Actor, now: number) =>
        withdraw(invite, by, now, {
          when: 'generation = :generation',
          values: { ':generation': invite.generation },
        }),

      /**
       * Withdraws all of `invites`, also those whose holder renews them meanwhile.
       * @returns how many it withdrew: not those that were used or withdrawn meanwhile, or that an administrator has taken over.
       */
      async revokeAll(invites: readonly Invite[], by: Actor, now: number): Promise<number> {
        const done = await inBatches(invites, atOnce, (invite) =>
          withdraw(invite, by, now, { when: 'issuerId = :issuer', values: { ':issuer': invite.issuerId } }),
        );
        return done.filter(Boolean).length;
      },
    };
  },
);

/**
 * Why an invite got no new link, in this order: it has changed; another open invite has its address; the pass phrase's row is gone,
 * without which it would admit no guest.
 */
export type RenewalRefusal = 'changed' | 'openInvite' | 'passphrase';

/** Gives new links to invites. A change takes place only if the invite is still as it was read. */
export const renewInvites = capability(
  'invites',
  [
    onTable('invites', 'PutItem', 'UpdateItem', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /** Replaces `invite` with `next`, and owes its mail; or refuses and writes nothing. */
    async renew(invite: Invite, next: Invite, by: Actor, now: number): Promise<RenewalRefusal | undefined> {
      const moved = mailboxOf(invite) !== mailboxOf(next);
      const writes = {
        invite: {
          Put: {
            TableName: config.table('invites'),
            Item: inviteRow(next),
            ...joinConditions([unchanged(invite), ...asNoted(invite)]),
          },
        },
        passphrase: next.kind === 'device-only' ? keepPassphrase(config, next) : undefined,
        mailbox: openInviteWrite(config, next, now),
        code: codeWrite(config, next),
        mail: owedMail(config, next, now),
        audit: audit(config, 'invite.reissue', invite, by, now),
      };
      const refused = await commit(writes, {
        oldMailbox: moved ? releaseMailbox(config, invite) : undefined,
        oldCode: releaseCode(config, invite),
      });
      if (refused.length === 0) return undefined;
      if (refused.includes('invite')) return 'changed';
      if (refused.includes('mailbox')) return 'openInvite';
      return refused.includes('passphrase') ? 'passphrase' : 'changed';
    },
  }),
);

/** Deletes invites. */
export const deleteInvites = capability(
  'invites',
  [onTable('invites', 'DeleteItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** Deletes the invite and the rows that point to it; its users stay. False if it has changed since it was read. */
    async remove(invite: Invite, by: Actor, now: number): Promise<boolean> {
      const writes = {
        invite: { Delete: { ...inviteRef(config, invite.id), ...joinConditions([unchanged(invite)]) } },
        passphrase: { Delete: passphraseRef(config, invite.id) },
        audit: audit(config, 'invite.delete', invite, by, now),
      };
      const releases = { mailbox: releaseMailbox(config, invite), code: releaseCode(config, invite) };
      return (await commit(writes, releases)).length === 0;
    },
  }),
);
