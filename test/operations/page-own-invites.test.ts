import { beforeAll, expect, test } from 'vitest';
import { adminWithBrowser, expectHead, expectPage, page } from '../harness/http/pages.ts';
import type { Visitor } from '../harness/http/visitor.ts';
import { boundVisitor } from '../harness/people/bound.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();
let admin: SignedIn;
let browser: Visitor;
beforeAll(async () => {
  ({ admin, browser } = await adminWithBrowser(stack()));
});

test('200: is a shell in the frame of my sections, and a bound one does not name its owner', async () => {
  const { cookies } = browser;
  const answer = await sendEvent(stack(), 'page-own-invites', { cookies });
  expectPage(answer, 200, '<h1>自分の招待</h1>', '/assets/member.js', 'href="/account"', 'href="/keys"');
  await expectHead(stack(), '/invites', { cookies });

  const { visitor, who } = await boundVisitor(stack(), admin);
  const bound = await visitor.get('/invites');
  expectPage(bound, 200, 'data-session="', 'id="other-device"');
  expect(bound.text).not.toContain(who.username);
});

test('303 R4.6: whoever is not signed in is led to the login page, and back', async () => {
  const location = '/login?next=%2Finvites';
  expect(await page(stack(), '/invites')).toMatchObject({ status: 303, headers: { location } });
});
