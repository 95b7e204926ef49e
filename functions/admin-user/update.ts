import * as z from 'zod/mini';
import { takeRows } from '#shared/aws/query-rows.ts';
import { accountRefusalTexts } from '#shared/account/refusal-texts.ts';
import { changeUsers } from '#shared/account/change-users.ts';
import { revokeInvites } from '#shared/invites/change-invites.ts';
import { grantsMore } from '#shared/invites/invite.ts';
import { readSentInvites } from '#shared/invites/issued-invites.ts';
import { needsAnother } from '#shared/account/user-changes.ts';
import { ofCallLimits } from '#shared/users/call-limits.ts';
import { roles } from '#shared/users/user.ts';
import { settingLimits } from '#shared/deployment/limits.ts';
import { atMost, idField, rule } from '#shared/http/fields.ts';
import { managedUserResponse, showManagedUser } from '#shared/users/show-managed-user.ts';
import { operation } from '#shared/operation/operation.ts';

/** A user's own limit; null: the deployment's default. */
const limit = (most: number) => z.optional(z.nullable(z.int().check(z.gte(0), z.lte(most))));
const names = rule<object>((changes) => Object.keys(changes).length > 0, 'change');

export default operation({
  summary: 'Changes a user: role, access, verification by hand, sessions and limits; all of it or nothing.',
  method: 'PATCH',
  path: '/v1/admin/users/{id}',
  auth: 'admin',
  params: z.object({ id: idField }),
  body: z
    .strictObject({
      role: z.optional(z.enum(roles)),
      disabled: z.optional(z.boolean()),
      /** Vouches for the user's mailbox. */
      emailVerified: z.optional(z.literal(true)),
      /** Ends every session and token of the user. */
      endSessions: z.optional(z.literal(true)),
      /** Ends one session by its id. A session that has already ended is no error. */
      endSession: z.optional(z.string().check(atMost(64), z.regex(/^[\w-]+$/))),
      /** Unlocks a user whom wrong passwords have locked out. */
      unlock: z.optional(z.literal(true)),
      /** Unbinds the account from its device. The account is then bound to the next device that signs in with a key. */
      device: z.optional(z.null()),
      limits: z.optional(
        z
          .strictObject({
            invites: limit(settingLimits.userInvites),
            ...ofCallLimits(() => limit(settingLimits.userCalls)),
          })
          .check(names),
      ),
    })
    .check(names),
  response: managedUserResponse,
  uses: [changeUsers, readSentInvites, revokeInvites],
  errors: ['forbidden', 'not_found', 'last_admin', 'conflict', 'invalid'],
  rate: [],
  // A user with the role can administer (again) once the mailbox is vouched for or the account is enabled.
  confirms: ({ role, emailVerified, disabled }) =>
    role !== undefined || emailVerified !== undefined || disabled === false,
  async run({ params, body, caller, users, sent, invites, clock, settings, request, log, fail }) {
    const now = clock.now();
    if (params.id === caller.user.id && needsAnother(body))
      return fail('forbidden', {
        title: accountRefusalTexts.anotherTitle,
        explain: accountRefusalTexts.askAnother,
      });
    const by = { actorId: caller.user.id, address: request.address };
    const changed = await users.change(params.id, body, by, now);
    if (changed === 'no_email') {
      return fail('invalid', { errors: [{ path: 'emailVerified', text: 'noEmail' }] });
    }
    if (typeof changed === 'string') return fail(changed);
    const { user, actions } = changed;
    for (const action of actions) log.info(action, { userId: user.id });
    if (body.role === 'general' || body.disabled) {
      // Redemption already refuses these invites (C91). If withdrawing fails, a repeat of the change withdraws the rest.
      const { items } = await takeRows(sent.withdrawable(user.id));
      const count = await invites.revokeAll(items.filter(grantsMore), by, now);
      if (count > 0) log.info('invites.revoked', { userId: user.id, count });
    }
    return showManagedUser(user, settings);
  },
});
