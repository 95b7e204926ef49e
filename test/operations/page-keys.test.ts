import { beforeAll, expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { boundVisitor } from '../harness/people/bound.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { adminWithBrowser, expectHead, expectPage, page } from '../harness/http/pages.ts';
import { password, type SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { Visitor } from '../harness/http/visitor.ts';
import { newDevice } from '../harness/people/devices.ts';
import { ask, keyHolder, relayToken } from '../harness/relay/relay.ts';

const stack = useStack();
let admin: SignedIn;
let browser: Visitor;
beforeAll(async () => {
  ({ admin, browser } = await adminWithBrowser(stack()));
});

const factsIn = (text: string): unknown =>
  JSON.parse(/data-facts="([^"]*)"/.exec(text)![1]!.replaceAll('&quot;', '"'));

test('200 R1.7 R7.4 C69: is a shell; a bound one does not name its owner', async () => {
  const { cookies } = browser;
  const answer = await sendEvent(stack(), 'page-keys', { cookies });
  expectPage(answer, 200, '<title>APIキー – Latchkey</title>', 'data-view="keys"', 'JavaScript');
  expect(answer.text).not.toContain('data-session');
  await expectHead(stack(), '/keys', { cookies });

  const { visitor, who } = await boundVisitor(stack(), admin);
  const bound = await visitor.get('/keys');
  expectPage(bound, 200, 'data-session="', 'id="other-device"');
  expect(bound.text).not.toContain(who.username);
});

test('200 R1.8 R7.4: knows where the relay is, and where each service gives its keys', async () => {
  const { text } = await browser.get('/keys');
  expect(factsIn(text)).toMatchObject({
    origin: stack().app,
    relay: stack().relay,
    services: {
      claude: { keysUrl: expect.stringMatching(/^https:\/\/platform\.claude\.com\//), client: 'anthropic' },
      chatgpt: { keysUrl: expect.stringMatching(/^https:\/\/platform\.openai\.com\//), client: 'openai' },
    },
  });
});

test('200 C69: the calls of its owner are not for a copied cookie of a session that is bound to a device', async () => {
  const who = await keyHolder(stack(), admin);
  expect((await ask(stack(), await relayToken(stack(), who))).status).toBe(200);
  const told = async (more: Record<string, string> = {}) => {
    const visitor = new Visitor(stack());
    await visitor.post('/login', { login: who.user.username, password, ...more });
    expect(visitor.cookies).toHaveProperty([cookie.session]);
    return JSON.stringify(factsIn((await visitor.get('/keys')).text));
  };
  const [, at = ''] = /"apiRequests":1,"lastRequestAt":"([^"]+)"/.exec(await told()) ?? [];
  expect(at).not.toBe('');
  const { deviceKey } = await newDevice();
  const bound = await told({ deviceKey: JSON.stringify(deviceKey) });
  for (const call of [at, 'apiRequests']) expect(bound).not.toContain(call);
});

test.each(['/', '/account', '/keys'])('200: %s leads to my account and my keys', async (path) => {
  expectPage(await browser.get(path), 200, 'href="/account"', 'href="/keys"');
});

test('303 R4.6: whoever is not signed in is led to the login page, and back', async () => {
  const location = '/login?next=%2Fkeys';
  expect(await page(stack(), '/keys')).toMatchObject({ status: 303, headers: { location } });
});
