import * as z from 'zod/mini';
import { changeInvites } from '#shared/invites/change-invites.ts';
import { readInvites } from '#shared/invites/find-invites.ts';
import { grantsMore, inviteStatus, mailboxOf, mayGrant } from '#shared/invites/invite.ts';
import { isRecoverable, recovering, reissued, takenOver } from '#shared/invites/reissue-invite.ts';
import { inviteStates } from '#shared/invites/states.ts';
import { listRedemptions } from '#shared/invites/list-redemptions.ts';
import { emailField } from '#shared/users/fields.ts';
import { inviteIdParams, showInvite } from '#shared/invites/show-invite.ts';
import { inviteLinkResponse, linkOf } from '#shared/invites/show-link.ts';
import { deriveCodes, findCodes } from '#shared/invites/invite-codes.ts';
import { readUsers } from '#shared/users/read-users.ts';
import { issueTokens } from '#shared/invites/invite-tokens.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary:
    'Gives an invite a new link and a new life, also to a corrected address; the old link dies. One that was used for a device moves its user to another.',
  method: 'POST',
  path: '/v1/admin/invites/{id}/reissue',
  auth: 'admin',
  params: inviteIdParams,
  body: z.strictObject({ send: z._default(z.boolean(), true), email: z.optional(emailField) }),
  response: inviteLinkResponse,
  uses: [readInvites, readUsers, listRedemptions, changeInvites, issueTokens, deriveCodes, findCodes],
  errors: ['not_found', 'invite_used', 'invalid', 'conflict'],
  rate: [],
  async run({
    params,
    body,
    caller,
    invites,
    users,
    redemptions,
    clock,
    settings,
    origin,
    request,
    log,
    fail,
    ...keys
  }) {
    const now = clock.now();
    const invite = (await invites.get(params.id)) ?? fail('not_found');
    const [redeemer] = isRecoverable(invite) ? await redemptions.of(invite.id, 1) : [];
    const { reissue } = inviteStates[inviteStatus(invite, now)];
    if (reissue !== 'done' && !redeemer) return fail(reissue.unlessRecovering);
    if (body.email !== undefined && mailboxOf(invite) === undefined) {
      return fail('invalid', { errors: [{ path: 'email', text: 'noMailbox' }] });
    }
    const mailed = body.send && mailboxOf(invite) !== undefined && settings.mailFrom !== null;
    const fresh = reissued(invite, mailed, now, body.email);
    // What a member asked for, for the same address, stays theirs. All else is granted by who does this (C91).
    const isSame = invite.state === 'active' && body.email === undefined && !grantsMore(invite);
    const issuer = isSame && invite.issuerId !== undefined && (await users.get(invite.issuerId));
    const kept = issuer && mayGrant(issuer, invite) ? fresh : takenOver(fresh, caller.user, now);
    const draft = redeemer ? recovering(invite, redeemer.userId, caller.user, now) : kept;
    const next = { ...draft, codeKey: await keys.codes.keyOf(await keys.codes.derive(draft)) };
    const by = { actorId: caller.user.id, address: request.address };
    if (!(await invites.replace(invite, next, by, now))) return fail('conflict');
    log.info('invite.reissued', { inviteId: invite.id, userId: caller.user.id });
    return { ...showInvite(next, now), ...(await linkOf(next, origin, keys)) };
  },
});
