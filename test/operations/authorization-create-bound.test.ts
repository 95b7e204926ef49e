import { expect, test } from 'vitest';
import { authorizePath, exchange, newPkce, returned } from '../harness/apps/door.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';
import { invited } from '../harness/http/pages.ts';
import { boundVisitor } from '../harness/people/bound.ts';
import { newDevice, prove } from '../harness/people/devices.ts';
import { mailedGuest, openInvite, password } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

const commandLine = {
  client_id: 'latchkey-cli',
  redirect_uri: 'http://127.0.0.1:4000/callback',
  scope: 'openid',
};

/** The page on which a bound session proves its device, and the fields that its form sends. */
async function provingPage() {
  const { visitor, device, who } = await boundVisitor(stack(), admin);
  const { verifier, challenge } = newPkce();
  const page = await visitor.get(authorizePath(challenge));
  return { visitor, device, who, verifier, challenge, page, fields: fieldsOf(page.text) };
}
const send = (visitor: Visitor, fields: Record<string, string>, proof: string) =>
  visitor.post('/oauth/authorize', { ...fields, proof });

test('200 303 R6.1: a session that is bound to a device proves its key on the page that authorizes', async () => {
  const { visitor, device, page, fields, verifier } = await provingPage();
  expect(page.status).toBe(200);
  // The page tells the holder of a stolen cookie nothing about its owner (C69). Its form may lead only to this app.
  expect(page.text).not.toContain('bound');
  expect(page.headers['content-security-policy']).toContain("form-action 'self' https://portal.example.com;");
  const wish = { method: 'POST', path: '/oauth/authorize', beside: fields['session'] };
  const { code } = returned(await send(visitor, fields, await prove(stack(), device, wish)));
  const { status, json } = await exchange(stack(), { code: code!, verifier });
  expect(status).toBe(200);
  const [, payload = ''] = json.id_token.split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    amr: ['pwd', 'swk'],
    acr: '2',
  });
});

test('200 R6.1: who has a device key and no password signs in by it each time, as late as an app wants it (OpenID Connect Core 1.0, 2)', async () => {
  const device = await newDevice();
  const invite = { kind: 'device-only', passphrase: 'open sesame' };
  const { visitor, form } = await invited(stack(), await openInvite(stack(), admin, invite));
  const { passphrase } = invite;
  await visitor.submit(form, '/register', { passphrase, deviceKey: JSON.stringify(device.deviceKey) });
  stack().clock.offsetSeconds += 3_600;
  const asked = Math.floor(stack().clock.now() / 1_000);
  const { verifier, challenge } = newPkce();
  const page = await visitor.get(authorizePath(challenge, { max_age: '60' }));
  const fields = fieldsOf(page.text);
  const wish = { method: 'POST', path: '/oauth/authorize', beside: fields['session'] };
  const { code } = returned(await send(visitor, fields, await prove(stack(), device, wish)));
  const { json } = await exchange(stack(), { code: code!, verifier });
  const [, payload = ''] = json.id_token.split('.');
  const { auth_time: at, amr } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    auth_time: number;
    amr: string[];
  };
  expect(at).toBeGreaterThanOrEqual(asked);
  expect(amr).toEqual(['swk']);
});

test('200: no other proof will do: of another device, for another request, or once more', async () => {
  const { visitor, device, fields } = await provingPage();
  const beside = fields['session'];
  const wish = { method: 'POST', path: '/oauth/authorize', beside };
  const wrong = [
    '',
    await prove(stack(), await newDevice(), wish),
    await prove(stack(), device, { ...wish, path: '/oauth/logout' }),
    await prove(stack(), device, { ...wish, method: 'GET' }),
    await prove(stack(), device, { ...wish, beside: undefined }),
  ];
  for (const proof of wrong) expect((await send(visitor, fields, proof)).status).toBe(200);
  const proof = await prove(stack(), device, wish);
  expect((await send(visitor, fields, proof)).status).toBe(303);
  expect((await send(visitor, fields, proof)).status).toBe(200);
});

test('200: the page goes on by itself once, not for ever where the key is missing, and has no field that hides what its form is called by', async () => {
  const { visitor, fields, challenge, page } = await provingPage();
  expect(page.text).toContain('data-at-once');
  const again = await send(visitor, fields, '');
  expect(again.status).toBe(200);
  expect(again.text).not.toContain('data-at-once');
  const names = { submit: '1', action: '/elsewhere', requestSubmit: '1', confirmed: 'yes' };
  const planted = fieldsOf((await visitor.get(authorizePath(challenge, names))).text);
  for (const name of Object.keys(names)) expect(planted).not.toHaveProperty(name);
});

test('303: prompt=none shows no page: the app is told that one is needed', async () => {
  const { visitor, challenge } = await provingPage();
  const answer = await visitor.get(authorizePath(challenge, { prompt: 'none' }));
  expect(returned(answer)).toMatchObject({ error: 'interaction_required' });
});

test('200 C69: the question whether the command line may go on names nobody to a copied cookie of a bound session', async () => {
  const { user } = await mailedGuest(stack(), admin);
  const path = authorizePath(newPkce().challenge, commandLine);
  const asked = async (more: Record<string, string> = {}) => {
    const visitor = new Visitor(stack());
    await visitor.post('/login', { login: user.username, password, ...more });
    return (await visitor.get(path)).text;
  };
  expect(await asked()).toContain(user.username);
  const text = await asked({ deviceKey: JSON.stringify((await newDevice()).deviceKey) });
  expect(text).toContain('latchkey login');
  expect(text).not.toContain(user.username);
});

test('303: the command line gets no session of an account that is bound to a device', async () => {
  const { visitor, challenge } = await provingPage();
  const answer = await visitor.get(authorizePath(challenge, commandLine));
  expect(returned(answer, commandLine.redirect_uri)).toMatchObject({ error: 'access_denied' });
});

test('200 401: a bound session’s code is exchanged by the app that asked, with no proof of a device', async () => {
  const { visitor, device, fields, verifier } = await provingPage();
  const wish = { method: 'POST', path: '/oauth/authorize', beside: fields['session'] };
  const { code = '' } = returned(await send(visitor, fields, await prove(stack(), device, wish)));
  const exchangedBy = (client_id: string) => exchange(stack(), { code, verifier }, { client_id });
  expect((await exchangedBy('nobody')).status).toBe(401);
  expect((await exchangedBy('latchkey-cli')).json).toMatchObject({ error: 'invalid_grant' });
  expect((await exchangedBy('portal')).status).toBe(200);
});
