import { findAccounts } from '#shared/sessions/find-accounts.ts';
import { requireCaptchas } from '#shared/guards/require-captchas.ts';
import { readDeviceInvites } from '#shared/registration/device-invites.ts';
import { findInvites } from '#shared/invites/find-invites.ts';
import { redeemInvite } from '#shared/registration/redeem-invite.ts';
import { newSession, startSessions, type Device, type Started } from '#shared/sessions/start-sessions.ts';
import { lockout } from '#shared/guards/lockout.ts';
import { countOutcomes } from '#shared/guards/rates.ts';
import { countTries } from '#shared/guards/tries.ts';
import { openRegistration, type Invite } from '#shared/invites/invite.ts';
import { registrationErrors, wantsCaptcha } from '#shared/registration/registration.ts';
import { cookie, dropInvite } from '#shared/http/cookies.ts';
import { thumbprintOf } from '#shared/sessions/device-key.ts';
import { deviceHash, readDevice } from '#shared/sessions/read-device.ts';
import { registrationBody } from '#shared/registration/registration-body.ts';
import { recordAudit } from '#shared/audit/write-audit.ts';
import { endTakenOver } from '#shared/sessions/end-taken-over.ts';
import { sessionIn } from '#shared/sessions/session-cookie.ts';
import { signedIn } from '#shared/sessions/signed-in.ts';
import { signedInResponse } from '#shared/sessions/signed-in-response.ts';
import { inspectInvite, type Inspection } from '#shared/invites/inspect-invite.ts';
import { findCodes } from '#shared/invites/invite-codes.ts';
import { saidOf } from '#shared/invites/invite-texts.ts';
import { checkTokens } from '#shared/invites/invite-tokens.ts';
import { hashPasswords } from '#shared/passwords/hash-passwords.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { limitRegistrations } from '#shared/registration/limit-registrations.ts';
import { landingOf, loginOf } from '#shared/registration/landing.ts';
import { readGuest } from '#shared/registration/read-guest.ts';
import type { User } from '#shared/users/user.ts';
import { registerForm } from '#web/forms/register.ts';

/** Each refused redemption rules out possibilities: racing guests settle in three rounds. */
const rounds = 5;

/** The inspection of a guest who needs no invite. */
const withoutInvite: Inspection = { status: 'active', invite: openRegistration, channel: 'shown' };

export default operation({
  summary: 'Redeems an invite, or needs none where registration is open: creates the account and signs in.',
  method: 'POST',
  path: '/v1/register',
  auth: 'public',
  body: registrationBody,
  response: signedInResponse,
  status: 201,
  uses: [
    findInvites,
    checkTokens,
    findCodes,
    countTries,
    countOutcomes,
    lockout,
    requireCaptchas,
    findAccounts,
    readDeviceInvites,
    hashPasswords,
    redeemInvite,
    startSessions,
    recordAudit,
    endTakenOver,
  ],
  errors: [
    'captcha_required',
    'invite_invalid',
    ...registrationErrors,
    'invalid',
    'weak_password',
    'rate_limited',
    'device_mismatch',
    'conflict',
  ],
  // Limits tries. Registrations have a limit of their own, which counts a try once nothing is missing (R3.7).
  rate: [{ per: 'address', limit: 600, window: '1m' }],
  setsCookie: ({ transport }) => transport === 'cookie',
  forms: [registerForm],
  ifLost: lostAnswers.registration,
  async run({ body, clock, settings, origin, request, cookies, log, fail: refuse, ...tools }) {
    const fail: typeof refuse = (code, detail) => refuse(code, { ...saidOf(body, code), ...detail });
    const needsNone = settings.registration === 'open' && body.code === undefined && !body.token;
    if (wantsCaptcha(settings, !needsNone))
      await tools.captchas.require(body.captcha, request.id, clock.now());
    const { address } = request;
    await tools.takenOver.end(request.cookies[cookie.session] ?? '', address, clock.now());
    const keyThumbprint = body.deviceKey && (await thumbprintOf(body.deviceKey));
    const shown = deviceHash(request);
    const devices = shown === undefined ? [] : [shown];
    const admission = limitRegistrations(tools, settings, request);
    const guestTools = { clock, admission, ...tools };
    const letIn = (invite: Invite, user: User, started: Started, device: Device) => {
      dropInvite(body.token, request, cookies);
      const landing = landingOf(invite, { role: user.role, login: loginOf(user) }, settings, origin);
      // For the form only: clients of the API are not redirected.
      return { ...signedIn(user, started, device, cookies), landing };
    };
    const guest = readGuest(body, keyThumbprint, devices, request, guestTools, settings, fail);

    if (!needsNone && body.code === undefined && body.token === undefined) {
      return fail('invalid', { errors: [{ path: 'token', text: 'reference' }] });
    }

    for (let round = 0; round < rounds; round += 1) {
      const now = clock.now();
      const inspection = needsNone ? withoutInvite : await inspectInvite(body, tools, request, now);
      if (inspection.status === 'invalid') return fail('invite_invalid');
      const inviteId = inspection.invite.id;

      const known = await guest.known(inspection.invite, now);
      if (known) {
        // A repeat counts as a sign-in. A bound account can be signed in to only on its device.
        const { user, knownDevice } = known;
        // Only a device-only user can be disabled here: `accountGuest` recognises no disabled user.
        const isElsewhere = user.device !== undefined && user.device !== keyThumbprint;
        if (isElsewhere || user.status !== 'active') {
          const refused = { action: 'session.create', outcome: 'refused' } as const;
          await tools.audit.record({ ...refused, subjectId: user.id, address, at: now });
          return fail(isElsewhere ? 'device_mismatch' : 'invite_revoked');
        }
        const device = { ...readDevice(request, body, knownDevice), keyThumbprint };
        const circumstances = {
          isNewDevice: knownDevice === undefined,
          replaces: sessionIn(request, user.id),
        };
        const started = (await tools.sessions.start(user, device, now, circumstances)) ?? fail('conflict');
        log.info('registration.repeated', { userId: user.id, inviteId });
        return letIn(inspection.invite, user, started, device);
      }

      const entry = await guest.enter(inspection, now);
      const device = { ...readDevice(request, body), keyThumbprint };
      const started = newSession(settings, entry.user, device, now);
      const refusal = await tools.redemption.redeem({ ...entry, session: started.session }, address, now);
      if (refusal === 'issuer') return fail('invite_revoked');
      // In the first round, a concurrent request of the same person may have used the invite: the next round recognises them.
      if (refusal === 'used' && round > 0) return fail('invite_used');
      if (refusal === undefined) {
        log.info('invite.used', { userId: entry.user.id, inviteId });
        return letIn(inspection.invite, entry.user, started, device);
      }
    }
    return fail('conflict');
  },
});
