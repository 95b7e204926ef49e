import { expect, test } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import { portal, post } from '../harness/apps/door.ts';
import { Visitor } from '../harness/http/visitor.ts';
import { send } from '../harness/http/http.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack } = useAdmin();
const asked = { client_id: portal.client_id, post_logout_redirect_uri: 'https://portal.example.com/' };

test('422 C90: an ID token that is longer than any of ours is sent nowhere, by GET and by a form', async () => {
  const hint = (length: number) => ({ ...asked, id_token_hint: 'x'.repeat(length) });
  const path = (length: number) => `/oauth/logout?${new URLSearchParams(hint(length))}`;
  for (const answer of [
    await send(stack(), 'GET', path(6_001), { headers: { accept: 'application/json' } }),
    await post(stack(), '/oauth/logout', hint(7_000), { origin: 'https://portal.example.com' }),
  ]) {
    expect(answer.status).toBe(422);
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.text).toContain('<h1>Some fields need your attention</h1>');
    expect(answer.text).not.toContain('xxxx');
  }
  expect((await send(stack(), 'GET', path(6_000))).status).toBe(303);
});

test('422 C66: a port that there is not is no address of a program, and no fault', async () => {
  const back = (port: number) => `http://127.0.0.1:${port}/bye`;
  const app = {
    redirectUris: ['http://127.0.0.1/callback'],
    postLogoutRedirectUris: ['http://127.0.0.1/bye'],
  };
  stack().deploy({ apps: parseSettings({ apps: { program: app } }).apps });
  const ask = (port: number) =>
    new Visitor(stack()).get(
      `/oauth/logout?${new URLSearchParams({ client_id: 'program', post_logout_redirect_uri: back(port) })}`,
    );
  for (const port of [65_536, 99_999]) expect((await ask(port)).status, String(port)).toBe(422);
  expect(await ask(65_535)).toMatchObject({ status: 303, headers: { location: back(65_535) } });
});
