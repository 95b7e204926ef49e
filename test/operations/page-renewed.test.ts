import { expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { expectHead, expectPage, page, signInTexts } from '../harness/http/pages.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();

const says = {
  ja: ['メールをご確認ください', '招待先のアドレスがある場合', '1日3回まで'],
  zh: ['请查收邮件', '如果该邀请对应某个邮箱', '每天最多发送 3 次'],
  en: ['Look into your mail', 'If the invite is for an address', 'At most 3 are sent a day'],
} as const;

test.each(signInTexts)(
  '200 R0.5 R4.13: says in %s where the new link goes, with a way on',
  async (language, signIn) => {
    const answer = await page(stack(), '/invite/renewed', { language });
    expectPage(answer, 200, `<html lang="${language}">`, ...says[language], signIn, 'href="/login"');
    expect(answer.cookies).toEqual({});
  },
);

test('200: is there for everybody, and asks AWS for nothing', async () => {
  const answer = await sendEvent(stack(), 'page-renewed');
  expectPage(answer, 200, ...says.ja);
  await expectHead(stack(), '/invite/renewed');
  expect(stack().calls()).toEqual([]);
});

test('404: it is a page of its own, and no token', async () => {
  expectPage(await page(stack(), '/invite/renewed.x'), 404, 'not valid or has expired');
});
