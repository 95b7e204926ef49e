import * as z from 'zod/mini';
import { inBatches } from '#shared/batches.ts';
import { minute } from '#shared/clock.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { idField } from '#shared/http/fields.ts';
import { deleteInvite, deletingInvites } from '#shared/inviting/delete-invite.ts';
import {
  asksConfirmation,
  reissueInvite,
  reissuingInvites,
  type ReissueRefusal,
} from '#shared/inviting/reissue-invite.ts';
import { revokeInvite, revokingInvites } from '#shared/inviting/revoke-invite.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { operation } from '#shared/operation/operation.ts';
import { isConfirmed } from '#shared/sessions/session.ts';

const { min, max } = inviteLimits.batch;
const results = [
  'done',
  'already_done',
  'not_found',
  'invite_used',
  'invalid',
  'email_taken',
  'conflict',
] as const;

/** The batch asked for confirmation beforehand: an invite that asks for it only now has changed since then. */
const resultOf = (refused: ReissueRefusal) =>
  refused === 'reauthentication_required' ? 'conflict' : refused;

/** How many invites are changed at the same time. */
const atOnce = 10;

/** An invite re-issued less than this long ago is not re-issued again: the request was repeated. */
const repeatMs = 5 * minute;

export default operation({
  summary: 'Withdraws, re-issues (by mail) or deletes many invites. Doing it twice is doing it once.',
  method: 'POST',
  path: '/v1/admin/invites/batch',
  auth: 'admin',
  body: z.strictObject({
    ids: z.array(idField).check(z.minLength(min), z.maxLength(max)),
    action: z.enum(['revoke', 'reissue', 'delete']),
  }),
  response: z.object({
    /** One for each distinct id, in the order of the request. */
    items: z.array(z.object({ id: z.string(), result: z.enum(results) })),
  }),
  uses: [...revokingInvites, ...reissuingInvites, ...deletingInvites],
  errors: ['reauthentication_required'],
  rate: [{ per: 'user', limit: 60, window: '1m' }],
  ifLost: lostAnswers.invites,
  async run({ body, caller, clock, request, log, fail, ...tools }) {
    const now = clock.now();
    const by = { actorId: caller.user.id, address: request.address };
    const ids = [...new Set(body.ids)];
    const isSure = isConfirmed(caller, now);
    if (body.action === 'reissue' && !isSure) {
      // Before the first mail: if the batch stopped half-way, repeating it after confirmation would mail some invites twice.
      const rows = await inBatches(ids, atOnce, (id) => tools.invites.get(id));
      if (rows.some((row) => row && asksConfirmation(row, now))) return fail('reauthentication_required');
    }
    const act = (id: string) => {
      switch (body.action) {
        case 'revoke':
          return revokeInvite(id, by, tools, now);
        case 'delete':
          return deleteInvite(id, by, tools, now);
        case 'reissue': {
          const wanted = { id, send: true, isConfirmed: isSure, unlessSince: now - repeatMs };
          return reissueInvite(wanted, caller.user, request.address, tools, now);
        }
      }
    };
    const items = await inBatches(ids, atOnce, async (id) => {
      const outcome = await act(id);
      if ('refused' in outcome) return { id, result: resultOf(outcome.refused) };
      return { id, result: outcome.wasDone ? ('already_done' as const) : ('done' as const) };
    });
    const count = items.filter(({ result }) => result === 'done').length;
    log.info('invites.changed', { userId: caller.user.id, outcome: body.action, count });
    return { items };
  },
});
