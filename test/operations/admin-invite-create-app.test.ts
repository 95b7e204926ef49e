import { beforeEach, expect, test } from 'vitest';
import { deployApps } from '../harness/apps/deployed.ts';
import { send } from '../harness/http/http.ts';
import { page, signInByForm } from '../harness/http/pages.ts';
import { invite, somebody, tokenOf } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
beforeEach(() => deployApps(stack()));

const ask = (method: string, path: string, json?: object) =>
  send(stack(), method, `/v1/admin/invites${path}`, { token: admin.session.token, ...(json && { json }) });

test('201 R6.3: an invite keeps the app that it names, in the list, the file and its own page, and with a new link', async () => {
  const { email } = somebody();
  const [row] = await invite(stack(), admin, { emails: [email], app: 'portal' });
  const id = row!.id!;
  expect((await ask('GET', `/${id}`)).json).toMatchObject({ app: 'portal' });
  expect((await ask('GET', `?email=${email}`)).json).toMatchObject({ items: [{ id, app: 'portal' }] });
  const [head, line] = (await ask('GET', `?email=${email}&format=csv`)).text.split('\r\n');
  expect(line!.split(',')[head!.split(',').indexOf('app')]).toBe('portal');
  await ask('POST', `/${id}/reissue`, { send: false });
  expect((await ask('GET', `/${id}`)).json).toMatchObject({ app: 'portal' });
  const [usual] = await invite(stack(), admin, { app: null });
  expect((await ask('GET', `/${usual!.id}`)).json).not.toHaveProperty('app');
  expect(tokenOf(usual!.url)).not.toBe('');
});

test.each(['nowhere', 'machine', 'Portal', '', 'latchkey-cli', 'constructor', '__proto__'])(
  '422 R6.3: an app that is none, or has no page to lead guests to, is told at its field, in the preview too: %j',
  async (app) => {
    for (const path of ['', '/preview']) {
      const { status, json } = await ask('POST', path, { emails: ['a@example.com'], app });
      expect({ ...json, status }).toMatchObject({
        status: 422,
        code: 'app_unknown',
        errors: [{ path: 'app', message: 'Choose one of: example, portal, notes.' }],
      });
    }
  },
);

test('422 R6.3: says so where there is no app', async () => {
  deployApps(stack(), []);
  const { json } = await ask('POST', '', { app: 'portal' });
  expect(json).toMatchObject({ code: 'app_unknown', errors: [{ message: 'No app here takes guests.' }] });
  expect((await ask('POST', '', { app: 'x'.repeat(31) })).json).toMatchObject({ code: 'invalid' });
});

test('200 R6.3 R7.1: the page that invites has the apps that take guests to choose from', async () => {
  const { cookies } = await signInByForm(stack(), admin.user.username);
  const factsOf = async (path: string) => {
    const { text } = await page(stack(), path, { cookies });
    const facts = /data-facts="([^"]*)"/.exec(text)![1]!.replaceAll('&quot;', '"');
    return JSON.parse(facts) as { apps: unknown };
  };
  const taking = { example: 'example', portal: 'Portal', notes: 'ノート' };
  expect((await factsOf('/admin/invites/new')).apps).toEqual(taking);
  const [row] = await invite(stack(), admin, { app: 'portal' });
  expect((await factsOf(`/admin/invites/${row!.id}`)).apps).toMatchObject({ machine: 'machine', ...taking });
});
