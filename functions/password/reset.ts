import * as z from 'zod/mini';
import { checkFlows } from '#shared/codes/check-flows.ts';
import { readLetters } from '#shared/codes/read-letters.ts';
import { resetPasswords } from '#shared/account/reset-password.ts';
import { codeField, flowField } from '#shared/codes/fields.ts';
import { passwordField } from '#shared/passwords/fields.ts';
import { emailField } from '#shared/users/fields.ts';
import { browserOf, deviceCookie, deviceHash } from '#shared/sessions/read-device.ts';
import { hashPasswords } from '#shared/passwords/hash-passwords.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { refuseWeakPassword } from '#shared/passwords/refuse-weak-password.ts';
import { resetForm } from '#web/forms/take-code.ts';

export default operation({
  summary: 'Sets a new password by the code that was mailed, and ends all sessions.',
  method: 'POST',
  path: '/v1/password/reset',
  auth: 'public',
  body: z.strictObject({ flow: flowField, email: emailField, code: codeField, password: passwordField }),
  response: z.undefined(),
  status: 204,
  uses: [checkFlows, readLetters, resetPasswords, hashPasswords],
  errors: ['code_invalid', 'weak_password'],
  rate: [{ per: 'address', limit: 10, window: '1m' }],
  forms: [resetForm],
  ifLost: lostAnswers.password,
  async run({
    body,
    flows,
    letters,
    resets,
    passwords,
    clock,
    settings,
    origin,
    request,
    cookies,
    log,
    fail,
  }) {
    const { email, password } = body;
    // First, so that it costs neither a try nor the code.
    await refuseWeakPassword(password, { email }, settings, fail);
    const now = clock.now();
    const letter =
      (await flows.check({ purpose: 'password-reset', email }, body, now)) ?? fail('code_invalid');
    const user = (await letters.reader(letter)) ?? fail('code_invalid');
    await refuseWeakPassword(password, user, settings, fail);
    const credentials = await passwords.hash(user.id, password, now);
    const known = await resets.knownDevice(user, deviceHash(request), now);
    const device = browserOf(request, origin, known);
    const isDone = await resets.put(user, letter, credentials, device, request.address, now);
    if (!isDone) return fail('code_invalid');
    if (device) cookies.push(deviceCookie(device.secret));
    log.info('password.reset', { userId: user.id });
    return undefined;
  },
});
