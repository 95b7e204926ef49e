import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { cookie } from '#shared/http/cookies.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { expectHead, expectPage, page } from '../harness/http/pages.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();

test('404 R4.8: programs are told by problem+json', async () => {
  const { status, headers, json } = await sendEvent<Problem>(stack(), 'not-found');
  expect({ status, type: headers['content-type'] }).toEqual({
    status: 404,
    type: 'application/problem+json',
  });
  expect(json).toEqual({
    type: 'urn:latchkey:error:not_found',
    title: '見つかりません',
    status: 404,
    code: 'not_found',
    detail: 'アドレスとメソッドを確認するか、最初のページからやり直してください。',
    requestId: headers['x-request-id'],
  });
});

test.each([
  ['ja', '見つかりません'],
  ['zh', '找不到内容'],
  ['en', 'There is nothing here'],
])('404 R4.13: browsers are told by a page in %s, with a way on', async (language, says) => {
  expectPage(await page(stack(), '/nowhere', { language }), 404, `<h1>${says}</h1>`, 'href="/');
});

test('404 R7.5: who is signed in is led on to their first page, and not to a sign-in', async () => {
  const cookies = { [cookie.session]: 'x' };
  const answer = await page(stack(), '/nowhere', { cookies });
  expectPage(answer, 404, 'href="/"', 'To the first page');
  expect(answer.text).not.toContain('href="/login"');
});

test('404: HEAD answers as GET does', async () => {
  await expectHead(stack(), '/nowhere');
});

test.each([
  ['DELETE', '/login'],
  ['PUT', '/register'],
  ['POST', '/'],
  ['POST', '/invite/token'],
  ['GET', '/v1/register'],
  ['PUT', '/v1/sessions'],
  ['PUT', '/v1/me'],
  ['DELETE', '/v1/admin/invites'],
  ['OPTIONS', '/v1/register'],
  ['TRACE', '/login'],
  ['POST', '/health'],
  ['GET', '/v1/admin'],
  ['GET', '//'],
  ['GET', '/v1/me/'],
  ['GET', '/%2e%2e/%2e%2e/etc/passwd'],
])('404: %s %s leads nowhere', async (method, path) => {
  const { status, json, headers } = await send(stack(), method, path);
  expect({ status, code: json.code }).toEqual({ status: 404, code: 'not_found' });
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test('404 C65: carries the security headers, and no trace of the address', async () => {
  const { headers, text } = await send(stack(), 'GET', '/nowhere?<script>alert(1)</script>');
  expect(headers).toMatchObject({
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  expect(text).not.toContain('alert');
});

test('404: costs neither the store nor the key service anything', async () => {
  await send(stack(), 'GET', '/nowhere');
  expect(stack().calls()).toEqual([]);
});

test.each([
  ['/login).', '/login'],
  ['/register/', '/register'],
  ['/forgot%E3%80%82', '/forgot'],
  ['/verify%20', '/verify'],
  ['/invites%3E', '/invites'],
  ['/forgot/AbC-_1/', '/forgot/AbC-_1'],
  ['/verify/AbC-_1/).', '/verify/AbC-_1'],
  [`/${encodeURIComponent('から登録')}`, '/'],
])('303 C81: a browser is led from %s to %s', async (path, clean) => {
  const answer = await page(stack(), path);
  expect(answer).toMatchObject({ status: 303, headers: { location: clean } });
});

test.each([
  '//evil.example/',
  '//evil.example)',
  '/nowhere',
  '/nowhere/',
  '/assets/',
  '/a%0D%0Ab)',
  '/%2F/evil.example/',
])('404 C81 R4.6: and from %s nowhere', async (path) => {
  expectPage(await page(stack(), path), 404);
});
