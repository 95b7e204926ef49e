import * as z from 'zod/mini';
import { findAccounts } from '#shared/data/accounts.ts';
import { recordAudit } from '#shared/data/audit.ts';
import { startSessions } from '#shared/data/session-writes.ts';
import * as field from '#shared/fields.ts';
import { readDevice } from '#shared/http/device.ts';
import { signedIn, signedInResponse } from '#shared/http/signed-in.ts';
import { hashPasswords } from '#shared/keys/passwords.ts';
import { operation } from '#shared/operation.ts';
import { loginForm } from '#web/forms/login.ts';

export default operation({
  summary: 'Signs in.',
  method: 'POST',
  path: '/v1/sessions',
  auth: 'public',
  body: z.strictObject({
    login: field.loginField,
    password: field.passwordField,
    deviceId: z.optional(field.deviceIdField),
    transport: field.transportField,
  }),
  response: signedInResponse,
  status: 201,
  uses: [findAccounts, hashPasswords, startSessions, recordAudit],
  errors: ['invalid_credentials'],
  rate: [{ per: 'address', limit: 20, window: '1m' }],
  setsCookie: ({ transport }) => transport === 'cookie',
  form: loginForm,
  async run({ body, accounts, passwords, sessions, audit, clock, request, cookies, log, fail }) {
    const account = await accounts.find(body.login);
    const matches = await passwords.matches(body.password, account?.credentials);
    const now = clock.now();
    const { address } = request;
    const refuse = async () => {
      // The same row and line for a wrong password and for an account that does not exist (C26).
      await audit.record({
        action: 'session.create',
        outcome: 'refused',
        subjectId: account?.user.id,
        address,
        at: now,
      });
      log.info('signin.refused', { address });
      return fail('invalid_credentials');
    };
    if (!account || !matches || account.user.status !== 'active') return refuse();
    const device = readDevice(request, body);
    const started = await sessions.start(account.user, device, now);
    if (!started) return refuse();
    log.info('signin.done', { userId: account.user.id, sessionId: started.session.id, address });
    return signedIn(account.user, started, device, cookies);
  },
});
