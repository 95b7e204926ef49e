import * as z from 'zod/mini';
import { confirmPassword } from '#shared/passwords/confirm-password.ts';
import { recordAudit } from '#shared/audit/write-audit.ts';
import { changePasswords } from '#shared/account/change-password.ts';
import { countTries } from '#shared/guards/tries.ts';
import { passwordField } from '#shared/passwords/fields.ts';
import { readCredentials } from '#shared/passwords/read-credentials.ts';
import { hashPasswords } from '#shared/passwords/hash-passwords.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { refuseWeakPassword } from '#shared/passwords/refuse-weak-password.ts';

export default operation({
  summary: 'Changes my password and ends my other sessions.',
  method: 'PUT',
  path: '/v1/me/password',
  auth: 'session',
  body: z.strictObject({ currentPassword: passwordField, password: passwordField }),
  response: z.undefined(),
  status: 204,
  uses: [changePasswords, readCredentials, hashPasswords, countTries, recordAudit],
  errors: ['invalid_credentials', 'weak_password', 'invalid', 'conflict', 'rate_limited'],
  rate: [{ per: 'user', limit: 10, window: '1m' }],
  ifLost: lostAnswers.password,
  async run({ body, caller, users, credentials, clock, settings, request, log, fail, ...tools }) {
    const { id: userId } = caller.user;
    const { address } = request;
    await refuseWeakPassword(body.password, caller.user, settings, fail);
    const known = await credentials.of(userId);
    if (!known) return fail('invalid', { errors: [{ path: 'currentPassword', text: 'deviceOnly' }] });
    const now = clock.now();
    const action = { action: 'password.update', actorId: userId, address } as const;
    await confirmPassword(body.currentPassword, known, action, tools, now, fail);
    const next = await tools.passwords.hash(userId, body.password, now);
    if (!(await users.change(caller, known, next, address, now))) return fail('conflict');
    log.info('password.changed', { userId });
    return undefined;
  },
});
