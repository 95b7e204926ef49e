import * as z from 'zod/mini';
import { findAccounts } from '#shared/data/accounts.ts';
import { readInvites } from '#shared/data/invite-reads.ts';
import { redeemInvite } from '#shared/data/redeem-invite.ts';
import { newSession, startSessions } from '#shared/data/session-writes.ts';
import { provesMailbox } from '#shared/domain/invite.ts';
import { isPasswordLongEnough } from '#shared/domain/password.ts';
import { registrationErrors, registrationRefusal } from '#shared/domain/registration.ts';
import { newUser } from '#shared/domain/user.ts';
import * as field from '#shared/fields.ts';
import { dropInviteCookie } from '#shared/http/cookies.ts';
import { readDevice } from '#shared/http/device.ts';
import { signedIn, signedInResponse } from '#shared/http/signed-in.ts';
import { inspectInvite } from '#shared/inspect-invite.ts';
import { checkTokens } from '#shared/keys/invite-tokens.ts';
import { hashPasswords, type Credentials } from '#shared/keys/passwords.ts';
import { operation } from '#shared/operation.ts';
import { newId } from '#shared/random.ts';
import { registerForm } from '#web/forms/register.ts';

/** Each refused redemption leaves fewer ways to go: racing guests settle in three rounds. */
const rounds = 5;

export default operation({
  summary: 'Redeems an invite: creates the account and signs in.',
  method: 'POST',
  path: '/v1/register',
  auth: 'public',
  body: z.strictObject({
    token: field.inviteTokenField,
    email: field.emailField,
    username: field.usernameField,
    password: field.passwordField,
    firstName: z._default(field.lineField(100), ''),
    lastName: z._default(field.lineField(100), ''),
    locale: z.optional(field.localeField),
    deviceId: z.optional(field.deviceIdField),
    transport: field.transportField,
  }),
  response: signedInResponse,
  status: 201,
  uses: [readInvites, checkTokens, findAccounts, hashPasswords, redeemInvite, startSessions],
  errors: ['invite_invalid', ...registrationErrors, 'weak_password', 'conflict'],
  rate: [{ per: 'address', limit: 3, window: '1m' }],
  setsCookie: ({ transport }) => transport === 'cookie',
  form: registerForm,
  async run({ body, clock, settings, request, cookies, log, fail, ...ports }) {
    const { invites, tokens, accounts, passwords, redemption, sessions } = ports;
    const device = readDevice(request, body);
    const id = newId();
    let credentials: Credentials | undefined;

    for (let round = 0; round < rounds; round += 1) {
      const now = clock.now();
      const inspection = await inspectInvite(body.token, { invites, tokens }, now);
      if (inspection.status === 'invalid') return fail('invite_invalid');
      const { invite, channel } = inspection;
      const claims = await redemption.claims(body.email, body.username);

      // A guest whose answer was lost comes again with the same invite, email and password, and is let in (C3).
      const known = claims.email && (await accounts.find(body.email));
      if (known?.user.inviteId === invite.id && (await passwords.matches(body.password, known.credentials))) {
        const started = (await sessions.start(known.user, device, now)) ?? fail('conflict');
        log.info('registration.repeated', { userId: known.user.id, inviteId: invite.id });
        dropInviteCookie(request, cookies);
        return signedIn(known.user, started, device, cookies);
      }

      const refusal = registrationRefusal({ ...inspection, email: body.email, claims });
      if (refusal) return fail(refusal);
      const min = settings.passwordMinLength;
      if (!isPasswordLongEnough(body.password, min)) return fail('weak_password', { values: { min } });

      credentials ??= await passwords.hash(id, body.password, now);
      const emailVerified = provesMailbox(invite, channel, body.email);
      const user = newUser({ id, emailVerified, invite, visitorLocale: request.locale, ...body }, now);
      const started = newSession(settings, user, device, now);
      const displaced = claims.email?.userId;
      const redeemed = { invite, user, credentials, session: started.session, displaced };
      if (!(await redemption.redeem(redeemed, request.address, now))) {
        log.info('invite.used', { userId: id, inviteId: invite.id });
        dropInviteCookie(request, cookies);
        return signedIn(user, started, device, cookies);
      }
    }
    return fail('conflict');
  },
});
