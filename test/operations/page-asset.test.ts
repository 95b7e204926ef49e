import { expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { expectHead, expectPage, page } from '../harness/http/pages.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();
const assets = [
  ['/assets/style.css', 'text/css; charset=utf-8'],
  ['/assets/app.js', 'text/javascript; charset=utf-8'],
  ['/assets/device-id.js', 'text/javascript; charset=utf-8'],
  ['/assets/solver.js', 'text/javascript; charset=utf-8'],
  ['/assets/strength.js', 'text/javascript; charset=utf-8'],
] as const;

test('200: serves the styles, to be asked for again each time', async () => {
  const { status, headers, text } = await sendEvent(stack(), 'page-asset');
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, no-cache',
    'x-content-type-options': 'nosniff',
  });
  expect(text).toContain('color-scheme');
});

test.each([
  ['/assets/app.js', 29_000],
  ['/assets/device-id.js', 50_000],
  ['/assets/solver.js', 50_000],
  // Fetched only by pages on which a password is chosen. Its list of passwords is kept small for phones.
  ['/assets/strength.js', 100_000],
])(
  '200: serves %s, bundled: it imports what is served here, evaluates nothing and has at most %i bytes',
  async (path, most) => {
    const { status, headers, text } = await send(stack(), 'GET', path);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: assets[1][1] });
    expect(text).not.toMatch(/\bimport\b(?!\()|\beval\(|new Function|innerHTML|sourceMappingURL/);
    expect(Buffer.byteLength(text)).toBeLessThan(most);
  },
);

test.each(assets)('200: HEAD of %s answers as GET does, without the body', async (path) => {
  await expectHead(stack(), path);
});

test.each(assets)('304: %s is not sent again to whoever has it', async (path) => {
  const { headers } = await send(stack(), 'GET', path);
  const etag = String(headers['etag']);
  const again = await send(stack(), 'GET', path, { headers: { 'if-none-match': etag } });
  expect(again).toMatchObject({ status: 304, text: '', headers: { etag } });
  expect((await send(stack(), 'GET', path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

test('304: it is known as a cache names it: weakly, among others, or whatever it is (RFC 9110, 13.1.2)', async () => {
  const [[path]] = assets;
  const etag = String((await send(stack(), 'GET', path)).headers['etag']);
  const statusOf = async (held: string) =>
    (await send(stack(), 'GET', path, { headers: { 'if-none-match': held } })).status;
  for (const held of [`W/${etag}`, `"other", ${etag}`, `"a,b",W/${etag} , "c"`, '*'])
    expect(await statusOf(held), held).toBe(304);
  for (const held of ['W/"other"', '"*"', etag.slice(1, -1), `w/${etag}`, ''])
    expect(await statusOf(held), held).toBe(200);
});

test.each([
  '/assets/other.css',
  '/assets/..%2fpackage.json',
  '/assets/__proto__',
  '/assets/app.js/more',
  '/assets/',
])('404: there is no %s', async (path) => {
  expectPage(await page(stack(), path), 404, 'There is nothing here');
});

test('200: assets ask neither the store nor the key service', async () => {
  for (const [path] of assets) await send(stack(), 'GET', path);
  expect(stack().calls()).toEqual([]);
});
