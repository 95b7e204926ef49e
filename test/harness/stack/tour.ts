import { isForCaller, purposes } from '#shared/codes/mail-code.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { solvedCaptcha } from '../people/captchas.ts';
import { askCode, mailedCode, otherCode } from '../people/codes.ts';
import { newDevice, prove } from '../people/devices.ts';
import { readEvent, sendEvent } from './events.ts';
import { guess, verifyCode } from '../people/guesses.ts';
import { newAddress } from '../people/guests.ts';
import { send } from '../http/http.ts';
import { deviceUser } from '../invites/inviting.ts';
import { claudeKey } from '../relay/keys.ts';
import {
  bootstrap,
  invite,
  mailedGuest,
  mailedToken,
  openInvite,
  password,
  register,
  secondAdmin,
  somebody,
  tokenOf,
  vouchFor,
  type SignedIn,
} from '../people/people.ts';
import { ask, relayToken } from '../relay/relay.ts';
import { signedInVisitor } from '../http/pages.ts';
import { waitSeconds } from './outbox.ts';
import { daySeconds } from './time.ts';
import { Visitor } from '../http/visitor.ts';

/**
 * Uses every operation of a stack at least once, in each way in which it makes different AWS calls: invites of each kind, good and
 * bad sign-ins, sessions that are kept alive, mails that go out at once and later.
 */
export async function tour(stack: Stack): Promise<SignedIn['user']> {
  // The first administrator's password hash is of a kind that the next sign-in renews.
  stack.deploy({ passwordHash: 'argon2id' });
  const admin = await register(stack, tokenOf(await bootstrap(stack)), somebody('admin'));
  stack.deploy({});
  await bootstrap(stack);
  // Before the clock moves, because the key that this makes signs access tokens from now on.
  await stack.invoke('key-rotate', readEvent('key-rotate'));
  await tourInvites(stack, admin);
  await tourRegistration(stack, admin);
  await tourCodes(stack, admin);
  await tourRenewal(stack, admin);
  await tourBranches(stack, admin);
  await tourManagement(stack, admin);
  await tourAccounts(stack, admin);
  await tourSessions(stack, admin);
  await tourDevices(stack, admin);
  await tourKeys(stack, admin);
  await tourAccount(stack, admin);
  await tourPages(stack, admin);
  await tourMail(stack, admin);
  await tourOthers(stack, admin);
  return admin.user;
}

/** Calls every operation not used so far with its sample event, so that a new operation needs no line here. */
async function tourOthers(stack: Stack, { session: { token } }: SignedIn): Promise<void> {
  const used = new Set([...stack.logs(), ...stack.calls()].map((record) => record.function));
  for (const id of stack.functions.filter((one) => !used.has(one))) {
    const event: { requestContext?: { http?: object } } = readEvent(id);
    await (event.requestContext?.http ? sendEvent(stack, id, { token }) : stack.invoke(id, event));
  }
}

async function tourInvites(stack: Stack, admin: SignedIn): Promise<void> {
  const { token } = admin.session;
  const [open, bound] = [
    (await invite(stack, admin))[0]!,
    (await invite(stack, admin, { emails: [somebody().email, 'no address', admin.user.email] }))[0]!,
  ];
  await invite(stack, admin, { emails: [bound.email] });
  for (const { id, url } of [open, bound]) {
    await send(stack, 'POST', '/v1/invites/verify', { json: { token: tokenOf(url) } });
    await send(stack, 'POST', `/v1/admin/invites/${id}/reissue`, { token, json: {} });
    await send(stack, 'POST', `/v1/admin/invites/${id}/revoke`, { token });
    await send(stack, 'POST', `/v1/admin/invites/${id}/reissue`, { token, json: {} });
    await send(stack, 'GET', `/v1/admin/invites/${id}`, { token });
    await send(stack, 'DELETE', `/v1/admin/invites/${id}`, { token });
  }
  const filters = ['active', 'used', 'expired', 'revoked', 'undelivered'].map((one) => `status=${one}`);
  for (const query of ['', ...filters, 'email=g', 'limit=1']) {
    await send(stack, 'GET', `/v1/admin/invites?${query}`, { token });
  }
}

async function tourRegistration(stack: Stack, admin: SignedIn): Promise<void> {
  await register(stack, await openInvite(stack, admin, { role: 'admin' }));
  const token = await openInvite(stack, admin, { maxUses: 2 });
  const squatter = somebody();
  await register(stack, token, squatter);
  await register(stack, token, squatter);
  await invite(stack, admin, { emails: [squatter.email] });
  const owner = { ...somebody(), email: squatter.email };
  await register(stack, await mailedToken(stack, squatter.email), owner);
  await send(stack, 'POST', '/v1/register', { json: { token, transport: 'token', ...owner } });
}

/** Uses codes, devices and pass phrases, right and wrong ones. */
async function tourCodes(stack: Stack, admin: SignedIn): Promise<void> {
  const passphrase = 'open sesame';
  const [row] = await invite(stack, admin, { code: 'T0VR', maxUses: 2 });
  const [device] = await invite(stack, admin, { kind: 'device-only', passphrase, maxUses: 2 });
  const { deviceKey } = await newDevice();
  const json = { transport: 'token', code: device!.code, deviceKey };
  for (const code of [row!.code, 'WR0NG']) {
    await send(stack, 'POST', '/v1/invites/verify', { json: { code } });
    await send(stack, 'POST', '/v1/register', { json: { transport: 'token', code, ...somebody() } });
  }
  await tourCaptchas(stack, row!.code!);
  for (const typed of ['wrong', passphrase, passphrase]) {
    await send(stack, 'POST', '/v1/register', { json: { ...json, passphrase: typed } });
  }
  await send(stack, 'DELETE', `/v1/admin/invites/${device!.id}`, { token: admin.session.token });
}

/** Guesses wrong codes until the next needs a captcha, and goes on with one. */
async function tourCaptchas(stack: Stack, code: string): Promise<void> {
  const from = newAddress();
  await guess(stack, from, 6);
  const captcha = await solvedCaptcha(stack);
  await verifyCode(stack, code, from, { captcha });
  const json = { transport: 'token', code, ...somebody(), captcha: await solvedCaptcha(stack) };
  await send(stack, 'POST', '/v1/register', { json, from });
}

/** Links that are no longer valid, and the mails that replace them. */
async function tourRenewal(stack: Stack, admin: SignedIn): Promise<void> {
  const [used, expired] = [somebody(), somebody()];
  await invite(stack, admin, { emails: [used.email, expired.email] });
  const tokens = [await mailedToken(stack, used.email), await mailedToken(stack, expired.email)];
  const { session } = await register(stack, tokens[0]!, used);
  await send(stack, 'POST', '/v1/invites', { token: session.token, json: { email: somebody().email } });
  const { offsetSeconds } = stack.clock;
  stack.clock.offsetSeconds += 8 * daySeconds;
  for (const token of tokens) {
    const visitor = new Visitor(stack);
    await visitor.submit(await visitor.get(`/invite/${token}`), '/invite/renew', {});
    await visitor.get('/invite/renewed');
  }
  await stack.settle();
  stack.clock.offsetSeconds = offsetSeconds;
}

/** An administrator's branch: it gets more invites, is looked at, and is then withdrawn with its users disabled. */
async function tourBranches(stack: Stack, admin: SignedIn): Promise<void> {
  const { token } = admin.session;
  const issuer = await secondAdmin(stack, admin);
  await register(stack, await openInvite(stack, issuer));
  await openInvite(stack, issuer);
  const user = `/v1/admin/users/${issuer.user.id}`;
  await send(stack, 'PATCH', user, { token, json: { limits: { invites: 1 } } });
  const path = `${user}/branch`;
  const { json } = await send<{ preview: string }>(stack, 'GET', path, { token });
  const { preview } = json;
  await send(stack, 'POST', `${path}/revoke`, { token, json: { preview, disableUsers: true } });
}

/** Lists, reads and changes users in every way, and reads the audit trail and the daily counts. */
async function tourManagement(stack: Stack, admin: SignedIn): Promise<void> {
  const { token } = admin.session;
  const { user } = await register(stack, await openInvite(stack, admin));
  const path = `/v1/admin/users/${user.id}`;
  for (const json of [
    { role: 'admin', emailVerified: true },
    { disabled: true, endSessions: true },
    { role: 'general', disabled: false, limits: { requests: 1, questions: null } },
  ]) {
    await send(stack, 'PATCH', path, { token, json });
  }
  const audit = ['', '?format=csv&limit=1', `?userId=${user.id}`, `?subjectId=${user.id}&outcome=done`];
  const queries = ['', '?email=g', '?username=g', '?limit=1'];
  for (const one of [path, ...queries.map((query) => `/v1/admin/users${query}`)]) {
    await send(stack, 'GET', one, { token });
  }
  for (const query of audit) await send(stack, 'GET', `/v1/admin/audit${query}`, { token });
  await send(stack, 'GET', '/v1/admin/stats?days=4', { token });
}

/** Mailboxes proven and changed, passwords changed and reset, with codes right, wrong and of no account. */
async function tourAccounts(stack: Stack, admin: SignedIn): Promise<void> {
  const who = somebody();
  const { session } = await register(stack, await openInvite(stack, admin), who);
  const { token } = session;
  const squatted = somebody();
  await register(stack, await openInvite(stack, admin), squatted);
  const use = (method: string, path: string, json: object) => send(stack, method, path, { token, json });
  const mail = (purpose: Parameters<typeof mailedCode>[1], email: string) =>
    mailedCode(stack, purpose, email, isForCaller(purpose) ? { token } : {});
  const next = 'a new horse battery';

  const own = await mail('email-verify', who.email);
  await use('POST', '/v1/email/verify', { ...own, code: otherCode(own.code) });
  await use('POST', '/v1/email/verify', own);
  for (const currentPassword of ['wrong password', password])
    await use('PUT', '/v1/me/password', { currentPassword, password: next });
  for (const email of [somebody().email, squatted.email])
    await use('PUT', '/v1/me/email', { email, ...(await mail('email-update', email)) });
  const { email } = squatted;
  const json = { email, password: next, ...(await mail('password-reset', email)) };
  await send(stack, 'POST', '/v1/password/reset', { json });
  for (const purpose of purposes) await askCode(stack, purpose, somebody().email, { token });
  await stack.settle();
  await tourRefusals(stack, admin);
}

/** Codes whose mail SES refuses at first, and sends after a wait. */
async function tourRefusals(stack: Stack, admin: SignedIn): Promise<void> {
  const who = somebody();
  const visitor = await signedInVisitor(stack, await openInvite(stack, admin), who);
  stack.faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 99 }]);
  for (const path of ['/forgot', '/move', '/verify']) {
    const { headers } = await visitor.post(path, { email: who.email });
    await stack.settle();
    await visitor.get(String(headers['location']));
  }
  stack.faults([]);
  await waitSeconds(stack, 61);
}

/** Access tokens, and a bound account that moves to another device. */
async function tourDevices(stack: Stack, admin: SignedIn): Promise<void> {
  const made = { token: admin.session.token, json: { audience: 'latchkey' } };
  const { json } = await send<{ token: string }>(stack, 'POST', '/v1/tokens', made);
  await send(stack, 'GET', '/v1/me', { token: json.token });
  await send(stack, 'GET', '/.well-known/jwks.json');
  const [who, device, other] = [somebody(), await newDevice(), await newDevice()];
  await invite(stack, admin, { kind: 'device', emails: [who.email] });
  const { deviceKey } = device;
  await register(stack, await mailedToken(stack, who.email), { ...who, deviceKey });
  const login = { login: who.email, password, transport: 'token', deviceKey: other.deviceKey };
  const code = await mailedCode(stack, 'session-create', who.email);
  const headers = { dpop: await prove(stack, other, { method: 'POST', path: '/v1/sessions' }) };
  await send(stack, 'POST', '/v1/sessions', { json: { ...login, ...code }, headers });
}

async function tourSessions(stack: Stack, { user }: SignedIn): Promise<void> {
  const signIn = (login: string, secret: string) =>
    send<SignedIn>(stack, 'POST', '/v1/sessions', {
      json: { login, password: secret, transport: 'token' },
    });
  await signIn('nobody', password);
  await signIn(user.username, 'wrong password');
  const sessions = [await signIn(user.username, password), await signIn(user.email!, password)];
  const [token, other] = sessions.map(({ json }) => json.session.token) as [string, string];
  await send(stack, 'POST', '/v1/sessions/verify', { json: {}, token });
  await send(stack, 'GET', '/v1/me', { token });
  stack.clock.offsetSeconds += 7_200;
  await send(stack, 'GET', '/v1/me', { token });
  stack.clock.offsetSeconds += 7_200;
  await send(stack, 'DELETE', '/v1/sessions/none', { token });
  await send(stack, 'DELETE', '/v1/sessions/current', { token });
  await send(stack, 'GET', '/v1/me', { token: other });
}

/** Accounts that are renamed, exported and deleted: with a wrong and the right password, and by the device alone. */
async function tourAccount(stack: Stack, admin: SignedIn): Promise<void> {
  const wish = { role: 'admin', maxUses: 2 };
  const leaver = await register(stack, await openInvite(stack, admin, wish));
  const { session } = await vouchFor(stack, admin, leaver);
  const { token } = session;
  await openInvite(stack, { ...admin, session });
  await invite(stack, { ...admin, session }, { emails: [somebody().email] });
  for (const json of [{ username: somebody().username }, { username: admin.user.username }, { locale: 'zh' }])
    await send(stack, 'PATCH', '/v1/me', { token, json });
  await send(stack, 'GET', '/v1/sessions', { token });
  await send(stack, 'DELETE', '/v1/sessions/others', { token });
  for (const path of ['/v1/quota', '/v1/me/export']) await send(stack, 'GET', path, { token });
  for (const typed of ['wrong password', password])
    await send(stack, 'DELETE', '/v1/me', { token, json: { password: typed } });
  const device = await deviceUser(stack, admin);
  await send(stack, 'DELETE', '/v1/me', { token: device.session.token, json: {} });
}

/** API keys: stored, refused, changed, used, read, about to expire, and deleted by hand or with their owner. */
async function tourKeys(stack: Stack, admin: SignedIn): Promise<void> {
  const who = await mailedGuest(stack, admin);
  const { token } = who.session;
  const path = '/v1/keys/claude';
  for (const key of [claudeKey(), 'short']) await send(stack, 'PUT', path, { token, json: { key } });
  for (const json of [{ active: false }, { active: true, renew: true }])
    await send(stack, 'PATCH', path, { token, json });
  await ask(stack, await relayToken(stack, who));
  const { offsetSeconds } = stack.clock;
  stack.clock.offsetSeconds += 28 * daySeconds;
  await stack.invoke('key-remind', readEvent('key-remind'));
  await stack.settle();
  stack.clock.offsetSeconds = offsetSeconds;
  for (const one of ['/v1/keys', `${path}/uses`, '/v1/me/export']) await send(stack, 'GET', one, { token });
  await send(stack, 'DELETE', path, { token });
  await send(stack, 'PATCH', path, { token, json: { renew: true } });
  await send(stack, 'PUT', path, { token, json: { key: claudeKey() } });
  await send(stack, 'DELETE', '/v1/me', { token, json: { password } });
}

async function tourPages(stack: Stack, admin: SignedIn): Promise<void> {
  const visitor = new Visitor(stack);
  const files = ['/admin', '/assets/style.css', '/openapi.json', '/health', '/nowhere'];
  const codes = ['/forgot', '/forgot/flow', '/move', '/move/flow', '/verify', '/verify/flow'];
  const paths = ['/', '/login', '/register', '/account', '/keys', ...codes, ...files];
  for (const path of paths) await visitor.get(path);
  await visitor.get(`/invite/${await openInvite(stack, admin)}`);
  await visitor.submit(await visitor.get('/register'), '/register', somebody());
  for (const path of paths) await visitor.get(path);
  await visitor.post('/logout', {});
  await visitor.submit(await visitor.get('/login'), '/login', { login: admin.user.username, password });
  stack.clock.offsetSeconds += 7_200;
  for (const path of paths) await visitor.get(path);
}

async function tourMail(stack: Stack, admin: SignedIn): Promise<void> {
  await stack.settle();
  stack.faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 2 }]);
  const [row] = await invite(stack, admin, { emails: [somebody().email] });
  await stack.settle();
  stack.clock.offsetSeconds += 600;
  await stack.invoke('mail-sweep', readEvent('mail-sweep'));
  await send(stack, 'POST', `/v1/admin/invites/${row!.id}/revoke`, { token: admin.session.token });
  stack.faults([]);
  stack.clock.offsetSeconds += 600;
  await stack.invoke('mail-sweep', readEvent('mail-sweep'));
  await stack.settle();
}
