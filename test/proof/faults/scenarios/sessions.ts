import { signIn, unprovenUser } from '../../../harness/people/accounts.ts';
import { mailedCode } from '../../../harness/people/codes.ts';
import { newDevice, prove } from '../../../harness/people/devices.ts';
import { send } from '../../../harness/http/http.ts';
import {
  invite,
  mailedGuest,
  mailedToken,
  password,
  register,
  somebody,
} from '../../../harness/people/people.ts';
import { Visitor } from '../../../harness/http/visitor.ts';
import { scenario, type Scenario } from '../scenario.ts';

const ended = { reply: '401 unauthenticated', because: 'the session that asks is over' };

/**
 * Of five tries, three are left for the most requests that one play makes. A request whose environment died keeps its try for half a
 * minute, and a request that finds no try left is told to come again (C24).
 */
const wrongBefore = 2;

/** Longer than the time after which a session's use is recorded and its token replaced. */
const laterSeconds = 7_200;

/** A request that only uses a session does not wait for another that writes it. The next request is offered the new token. */
const replacesToken: Scenario = {
  ...scenario('me-read', 'that replaces the token of a cookie', async ({ stack, admin }) => {
    const { who } = await unprovenUser(stack, admin);
    const { cookies } = await send(stack, 'POST', '/v1/sessions', {
      json: { login: who.username, password, transport: 'cookie' },
      headers: { origin: stack.app },
    });
    const held = Object.fromEntries(Object.entries(cookies).map(([name, { value }]) => [name, value]));
    stack.clock.offsetSeconds += laterSeconds;
    return () => send(stack, 'GET', '/v1/me', { cookies: held });
  }),
  givesWay: true,
};

export const sessions: readonly Scenario[] = [
  scenario('session-create', '', async ({ stack, admin }) => {
    const { who } = await unprovenUser(stack, admin);
    return () => signIn(stack, who.username);
  }),
  scenario('session-create', 'with a wrong password', async ({ stack, admin }) => {
    const { who } = await unprovenUser(stack, admin);
    return () => signIn(stack, who.email, 'a wrong password');
  }),
  scenario('session-create', 'after wrong passwords', async ({ stack, admin }) => {
    const { who } = await unprovenUser(stack, admin);
    for (let time = 0; time < wrongBefore; time += 1) await signIn(stack, who.username, 'a wrong password');
    return () => signIn(stack, who.username);
  }),
  scenario('session-create', 'by the form', async ({ stack, admin }) => {
    const { who } = await unprovenUser(stack, admin);
    const visitor = new Visitor(stack);
    const form = await visitor.get('/login');
    const cookies = { ...visitor.cookies };
    return () => {
      for (const name of Object.keys(visitor.cookies)) delete visitor.cookies[name];
      Object.assign(visitor.cookies, cookies);
      return visitor.submit(form, '/login', { login: who.username, password });
    };
  }),
  scenario('session-create', 'on another device', async ({ stack, admin }) => {
    const [who, device, other] = [somebody('bound'), await newDevice(), await newDevice()];
    await invite(stack, admin, { kind: 'device', emails: [who.email] });
    await register(stack, await mailedToken(stack, who.email), { ...who, deviceKey: device.deviceKey });
    const code = await mailedCode(stack, 'session-create', who.email);
    const json = { login: who.email, password, transport: 'token', deviceKey: other.deviceKey, ...code };
    return async () => {
      const headers = { dpop: await prove(stack, other, { method: 'POST', path: '/v1/sessions' }) };
      return send(stack, 'POST', '/v1/sessions', { json, headers });
    };
  }),
  scenario(
    'session-delete',
    'current',
    async ({ stack, admin }) => {
      const { token } = (await unprovenUser(stack, admin)).session;
      return () => send(stack, 'DELETE', '/v1/sessions/current', { token });
    },
    ended,
  ),
  scenario(
    'session-delete',
    'another',
    async ({ stack, admin }) => {
      const { session, who } = await unprovenUser(stack, admin);
      const { json } = await signIn(stack, who.username);
      return () => send(stack, 'DELETE', `/v1/sessions/${json.session.id}`, { token: session.token });
    },
    { reply: '404 not_found', because: 'there is no such session any more' },
  ),
  scenario('session-delete', 'others', async ({ stack, admin }) => {
    const { session, who } = await unprovenUser(stack, admin);
    await signIn(stack, who.username);
    return () => send(stack, 'DELETE', '/v1/sessions/others', { token: session.token });
  }),
  ...['/v1/sessions/verify', '/v1/me'].map((path) =>
    scenario(
      path === '/v1/me' ? 'me-read' : 'session-verify',
      'that keeps a session',
      async ({ stack, admin }) => {
        const { token } = (await unprovenUser(stack, admin)).session;
        stack.clock.offsetSeconds += laterSeconds;
        return () =>
          path === '/v1/me'
            ? send(stack, 'GET', path, { token })
            : send(stack, 'POST', path, { token, json: {} });
      },
    ),
  ),
  replacesToken,
  scenario('token-create', '', async ({ stack, admin }) => {
    const { token } = (await mailedGuest(stack, admin)).session;
    return () => send(stack, 'POST', '/v1/tokens', { token, json: { audience: 'relay' } });
  }),
];
