import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { invited } from '../harness/http/pages.ts';
import { shownInvite } from '../harness/invites/invites.ts';
import { invite, mailedToken, somebody } from '../harness/people/people.ts';

/** A deployment in Tokyo. */
const { stack, admin } = useAdmin('smallAccount');

const nextYear = new Date().getUTCFullYear() + 1;

test.each([
  ['a year', `${nextYear - 1}-12-31T15:10:00Z`, `${nextYear}年1月1日 00:10 JST`],
  ['a month', `${nextYear}-01-31T14:59:00Z`, `${nextYear}年1月31日 23:59 JST`],
])('C84: at the edge of %s, answer, mail and page tell the same moment', async (_, end, inTokyo) => {
  stack().clock.standAt(Date.parse(end) - 86_400_000);
  const { email } = somebody();
  const [row] = await invite(stack(), admin, { emails: [email], expiresInDays: 1, locale: 'ja' });
  const minute = end.slice(0, 16);
  expect(row!.expiresAt!.slice(0, 16)).toBe(minute);
  expect((await shownInvite(stack(), admin, row!.id)).expiresAt).toBe(row!.expiresAt);

  const { form } = await invited(stack(), await mailedToken(stack(), email));
  expect(form.text).toContain(`<time datetime="${row!.expiresAt}">${inTokyo}</time>`);
  for (const part of [stack().mails(email)[0]!.text, stack().mails(email)[0]!.html])
    expect(part).toContain(inTokyo);
});
