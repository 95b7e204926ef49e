import * as z from 'zod/mini';
import { cookie } from '#shared/http/cookies.ts';
import { checkFlows } from '#shared/codes/check-flows.ts';
import { readLetters } from '#shared/codes/read-letters.ts';
import { resetPasswords } from '#shared/account/reset-password.ts';
import { codeField, flowField } from '#shared/codes/fields.ts';
import { passwordField } from '#shared/passwords/fields.ts';
import { emailField } from '#shared/users/fields.ts';
import { deviceKeyField, thumbprintOf } from '#shared/sessions/device-key.ts';
import { deviceIdField } from '#shared/sessions/fields.ts';
import { browserOf, deviceCookie, deviceHash } from '#shared/sessions/read-device.ts';
import { endTakenOver } from '#shared/sessions/end-taken-over.ts';
import { signedIn } from '#shared/sessions/signed-in.ts';
import { startSessions } from '#shared/sessions/start-sessions.ts';
import { hashPasswords } from '#shared/passwords/hash-passwords.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { refuseWeakPassword } from '#shared/passwords/refuse-weak-password.ts';
import { resetForm } from '#web/forms/take-code.ts';

export default operation({
  summary:
    'Sets a new password by the code that was mailed, and ends all sessions; a browser is signed in anew.',
  method: 'POST',
  path: '/v1/password/reset',
  auth: 'public',
  body: z.strictObject({
    flow: flowField,
    email: emailField,
    code: codeField,
    password: passwordField,
    deviceId: z.optional(deviceIdField),
    deviceKey: z.optional(deviceKeyField),
  }),
  response: z.undefined(),
  status: 204,
  uses: [checkFlows, readLetters, resetPasswords, hashPasswords, startSessions, endTakenOver],
  errors: ['code_invalid', 'weak_password'],
  rate: [{ per: 'address', limit: 10, window: '1m' }],
  forms: [resetForm],
  ifLost: lostAnswers.password,
  async run({ body, passwords, clock, settings, origin, request, cookies, log, fail, ...tools }) {
    const { flows, letters, resets, sessions, takenOver } = tools;
    const { email, password, deviceId, deviceKey } = body;
    // Checked first, so that a weak password costs neither a try nor the code.
    await refuseWeakPassword(password, { email }, settings, fail);
    const now = clock.now();
    const { letter, mistake } = await flows.check({ purpose: 'password-reset', email }, body, now);
    if (!letter) return fail('code_invalid', mistake);
    const user = (await letters.reader(letter)) ?? fail('code_invalid');
    await refuseWeakPassword(password, user, settings, fail);
    const credentials = await passwords.hash(user.id, password, now);
    const known = await resets.knownDevice(user, deviceHash(request), now);
    const browser = browserOf(request, origin, known);
    // Now, because the browser's session cookie is replaced below: later, no request would show that two people hold the session (C101).
    if (browser) await takenOver.end(request.cookies[cookie.session] ?? '', request.address, now);
    const isDone = await resets.put(user, letter, credentials, browser, request.address, now);
    if (!isDone) return fail('code_invalid');
    log.info('password.reset', { userId: user.id });
    if (!browser) return undefined;

    cookies.push(deviceCookie(browser.secret));
    const keyThumbprint = deviceKey && (await thumbprintOf(deviceKey));
    const { userAgent, secret: deviceSecret } = browser;
    const { address } = request;
    const device = {
      transport: 'cookie',
      address,
      userAgent,
      deviceId,
      deviceSecret,
      keyThumbprint,
    } as const;
    // The user as of now: the new password has ended all earlier sessions. A device-bound user is not let in on another device.
    const renewed = await letters.reader(letter);
    const mayEnter = renewed && (renewed.device === undefined || renewed.device === keyThumbprint);
    const started = mayEnter && (await sessions.start(renewed, device, now));
    if (started) signedIn(renewed, started, device, cookies);
    return undefined;
  },
});
