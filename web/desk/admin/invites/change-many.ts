import type changeInvites from '#functions/admin-invite/batch.ts';
import { mailboxOf } from '#shared/invites/invite.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../../browser/api.ts';
import { inTurn } from '../../kit/in-turn.ts';
import { invitesPath, pathOf, type InviteTexts, type Listed } from './invite.ts';

/** Whether the new link of an invite goes out by mail. */
export const isMailed = (invite: Pick<Listed, 'email' | 'kind'>, sendsMail: boolean): boolean =>
  sendsMail && mailboxOf(invite) !== undefined;

export type Action = 'revoke' | 'reissue' | 'delete';
export type Changed = AnswerOf<typeof changeInvites>['items'][number];

/** Applies one action to many invites, a hundred at a time, and calls `took` with the results of each hundred. */
export async function changeMany(
  action: Action,
  ids: readonly string[],
  took: (items: Changed[]) => void,
): Promise<void> {
  const { max } = inviteLimits.batch;
  // All batches in one turn, so that a later request about any of the rows waits for all of them.
  await inTurn(ids.map(pathOf), async () => {
    for (let start = 0; start < ids.length; start += max) {
      const body = { action, ids: ids.slice(start, start + max) };
      const { items } = await call<typeof changeInvites>('POST', `${invitesPath}/batch`, body);
      took(items);
    }
  });
}

/** An invite as it is after `action`; undefined if it is gone. */
export function afterwards(invite: Listed, action: Action, sendsMail: boolean): Listed | undefined {
  if (action === 'delete') return undefined;
  if (action === 'revoke') return { ...invite, status: 'revoked' };
  // The answer tells neither the new expiry nor the issuer. The issuer may be another now: of a withdrawn invite, for instance,
  // the administrator who gives it the new link (C91).
  const { delivery: _old, deliveryReason: _reason, inviter: _inviter, inviterId: _id, ...rest } = invite;
  return {
    ...rest,
    status: 'active',
    isRenewed: true,
    ...(isMailed(invite, sendsMail) && { delivery: 'pending' as const }),
  };
}

/** `Withdrawn: 38. Not done: 2 (used).` */
export function countChanged(action: Action, items: readonly Changed[], t: InviteTexts): string {
  const done = ({ revoke: 'revokedMany', reissue: 'reissuedMany', delete: 'deletedMany' } as const)[action];
  const results = Map.groupBy(items, ({ result }) => result);
  const others = [...results].flatMap(([result, { length: count }]) =>
    result === 'done' ? [] : [t('notMany', { count, why: t(result) })],
  );
  return [t(done, { count: results.get('done')?.length ?? 0 }), ...others].join(' ');
}
