import * as z from 'zod/mini';
import { findAccounts } from '#shared/sessions/find-accounts.ts';
import { recordAudit } from '#shared/audit/write-audit.ts';
import { requireCaptchas } from '#shared/guards/require-captchas.ts';
import { checkFlows } from '#shared/codes/check-flows.ts';
import { lockout } from '#shared/guards/lockout.ts';
import { moveDevices } from '#shared/account/move-devices.ts';
import { checkProofs } from '#shared/sessions/proofs.ts';
import { renewHash, renewOutdatedHash } from '#shared/passwords/renew-hash.ts';
import { startSessions } from '#shared/sessions/start-sessions.ts';
import { codeField, flowField } from '#shared/codes/fields.ts';
import { captchaField } from '#shared/guards/challenge.ts';
import { passwordField } from '#shared/passwords/fields.ts';
import { deviceIdField, transportField } from '#shared/sessions/fields.ts';
import { loginField } from '#shared/users/fields.ts';
import { guardPassword, nameSubject, signInSubjects } from '#shared/guards/guard-password.ts';
import { deviceKeyField, thumbprintOf } from '#shared/sessions/device-key.ts';
import { deviceHash, readDevice } from '#shared/sessions/read-device.ts';
import { endTakenOver } from '#shared/sessions/end-taken-over.ts';
import { cookie } from '#shared/http/cookies.ts';
import { sessionIn } from '#shared/sessions/session-cookie.ts';
import { signedIn } from '#shared/sessions/signed-in.ts';
import { signedInResponse } from '#shared/sessions/signed-in-response.ts';
import { nameLogins } from '#shared/guards/name-logins.ts';
import { hashPasswords } from '#shared/passwords/hash-passwords.ts';
import { moveDevice } from '#shared/account/move-device.ts';
import type { FailureDetail } from '#shared/errors/failure.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import type { Ports } from '#shared/deployment/capability.ts';
import type { User } from '#shared/users/user.ts';
import { loginForm } from '#web/forms/login.ts';

/** The subjects under which tries by a user's address and username are counted. */
async function otherNames(
  user: User | undefined,
  { logins }: Ports<readonly [typeof nameLogins]>,
): Promise<string[]> {
  if (!user) return [];
  const names = [user.email, user.username].filter((name) => name !== undefined);
  return await Promise.all(names.map(async (name) => nameSubject(user, await logins.nameOf(name))));
}

export default operation({
  summary: 'Signs in.',
  method: 'POST',
  path: '/v1/sessions',
  auth: 'public',
  body: z.strictObject({
    login: loginField,
    password: passwordField,
    deviceId: z.optional(deviceIdField),
    deviceKey: z.optional(deviceKeyField),
    /** Moves a device-bound account to `deviceKey`, by a code that was mailed for it. */
    flow: z.optional(flowField),
    code: z.optional(codeField),
    captcha: captchaField,
    transport: transportField,
  }),
  response: signedInResponse,
  status: 201,
  uses: [
    findAccounts,
    lockout,
    checkProofs,
    hashPasswords,
    renewHash,
    nameLogins,
    startSessions,
    checkFlows,
    moveDevices,
    recordAudit,
    endTakenOver,
    requireCaptchas,
  ],
  errors: ['captcha_required', 'invalid_credentials', 'locked', 'device_mismatch', 'code_invalid'],
  rate: [{ per: 'address', limit: 20, window: '1m', captchaFrom: 15 }],
  setsCookie: ({ transport }) => transport === 'cookie',
  forms: [loginForm],
  ifLost: lostAnswers.signIn,
  async run({ body, nearLimit, origin, clock, request, cookies, log, fail, ...tools }) {
    if (nearLimit) await tools.captchas.require(body.captcha, request.id, clock.now());
    const { address } = request;
    await tools.takenOver.end(request.cookies[cookie.session] ?? '', address, clock.now());
    const keyThumbprint = body.deviceKey && (await thumbprintOf(body.deviceKey));
    const about = { requestId: request.id, method: request.method, url: origin + request.path };
    const prover = keyThumbprint && (await tools.proofs.prover(request.proof, about, clock.now()));
    const shown = [deviceHash(request), prover === keyThumbprint ? prover : undefined];
    const devices = shown.filter((device) => device !== undefined);
    const [account, login] = await Promise.all([
      tools.accounts.find(body.login, clock.now(), devices),
      tools.logins.nameOf(body.login),
    ]);
    const matches = await guardPassword(
      signInSubjects(login, account),
      { ...tools, clock },
      {
        verify: async () => {
          const right = await tools.passwords.matches(body.password, account?.credentials);
          return right && account?.user.status === 'active';
        },
        verifyDecoy: () => tools.passwords.matches(body.password, undefined),
        otherSubjects: () => otherNames(account?.user, tools),
      },
    );
    const now = clock.now();
    const refuse = async (
      code: 'invalid_credentials' | 'device_mismatch' | 'code_invalid',
      mistake?: FailureDetail,
    ) => {
      // The same audit row and log line for a wrong password and for an account that does not exist (C26).
      const subjectId = account?.user.id;
      const entry = {
        action: 'session.create',
        outcome: 'refused',
        subjectId,
        login,
        address,
        at: now,
      } as const;
      await tools.audit.record(entry);
      log.info('signin.refused', { address });
      return fail(code, mistake);
    };
    if (!account || !matches) return refuse('invalid_credentials');

    const { user } = account;
    const device = { ...readDevice(request, body, account.knownDevice), keyThumbprint };
    const started =
      user.device === undefined || user.device === keyThumbprint
        ? await tools.sessions.start(user, device, now, {
            isNewDevice: account.knownDevice === undefined,
            replaces: sessionIn(request, user.id),
          })
        : await moveDevice(user, body, device, tools, now, refuse);
    if (!started) return refuse('invalid_credentials');
    await renewOutdatedHash(body.password, account.credentials, tools, now, log);
    log.info('signin.done', { userId: user.id, sessionId: started.session.id, address });
    return signedIn(user, started, device, cookies);
  },
});
