import * as z from 'zod/mini';
import { confirmPassword } from '#shared/passwords/confirm-password.ts';
import { recordAudit } from '#shared/audit/write-audit.ts';
import { revokeInvites } from '#shared/invites/change-invites.ts';
import { forgetIssuers } from '#shared/invites/forget-user.ts';
import { readCredentials } from '#shared/passwords/read-credentials.ts';
import { deleteUsers } from '#shared/account/delete-user.ts';
import { eraseRows } from '#shared/account/erase-rows.ts';
import { takeRows } from '#shared/aws/query-rows.ts';
import { readSentInvites } from '#shared/invites/issued-invites.ts';
import { countTries } from '#shared/guards/tries.ts';
import { passwordField } from '#shared/passwords/fields.ts';
import { cookie, dropCookie } from '#shared/http/cookies.ts';
import { hashPasswords } from '#shared/passwords/hash-passwords.ts';
import { traceOf } from '#shared/aws/log.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Deletes my account, with my password where I have one.',
  method: 'DELETE',
  path: '/v1/me',
  auth: 'session',
  body: z.strictObject({ password: z.optional(passwordField) }),
  response: z.undefined(),
  status: 204,
  uses: [
    readCredentials,
    hashPasswords,
    countTries,
    recordAudit,
    deleteUsers,
    eraseRows,
    readSentInvites,
    revokeInvites,
    forgetIssuers,
  ],
  errors: ['invalid', 'invalid_credentials', 'rate_limited', 'last_admin', 'conflict'],
  rate: [],
  ifLost: lostAnswers.deletion,
  async run({ body, caller, credentials, users, clock, request, cookies, log, fail, ...tools }) {
    const { user } = caller;
    const { address } = request;
    const now = clock.now();
    const by = { actorId: user.id, address };
    const kept = await credentials.of(user.id);
    if (kept) {
      const { password } = body;
      if (password === undefined) return fail('invalid', { errors: [{ path: 'password', text: 'missing' }] });
      const action = { action: 'user.delete', subjectId: user.id, ...by } as const;
      await confirmPassword(password, kept, action, tools, now, fail);
    }
    const obstacle = await users.delete(user, address, now);
    if (obstacle) return fail(obstacle);
    cookies.push(dropCookie(cookie.session));
    log.info('user.deleted', { userId: user.id });

    // The account is gone (see `deleteUsers`). Rows that stay if this fails give no access, and those with a TTL expire. A repeat
    // is harmless.
    const withdrawInvites = async () => {
      const { items } = await takeRows(tools.sent.by(user.id));
      await tools.invites.revokeAll(
        items.filter(({ state }) => state === 'active'),
        by,
        now,
      );
      await tools.issuers.forget(user.id, items);
    };
    for (const outcome of await Promise.allSettled([tools.leftovers.erase(user.id), withdrawInvites()])) {
      if (outcome.status === 'rejected')
        log.error('user.unerased', { userId: user.id, ...traceOf(outcome.reason) });
    }
    return undefined;
  },
});
