import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { boundUser } from '../harness/invites/inviting.ts';
import { deedsOf } from '../harness/people/accounts.ts';
import { codeOf } from '../harness/people/codes.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { expectHead, expectPage, member, page } from '../harness/http/pages.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

const { stack, admin } = useAdmin();

test('200 R2.6: asks for the code and the new password, and stores nothing', async () => {
  const answer = await sendEvent(stack(), 'page-reset');
  expectPage(answer, 200, '確認コード', '有効期限は30分です', '英数字6文字', 'autocomplete="one-time-code"');
  const fields = fieldsOf(answer.text);
  expect(Object.keys(fields)).toEqual([
    'deviceId',
    'deviceKey',
    'proof',
    'email',
    'flow',
    'code',
    'password',
    'passwordRepeat',
  ]);
  expect(fields['flow']).toBe('Zm9yZ290LWZsb3ctMTIzNA');
  await expectHead(stack(), '/forgot/x');
  // The only call reads whether the mail was refused.
  expect(
    new Set(
      stack()
        .calls()
        .map(({ action }) => action),
    ),
  ).toEqual(new Set(['GetItem']));
});

test('200 R4.11: what stands in the address is shown as text, never as markup', async () => {
  const answer = await page(stack(), `/forgot/${encodeURIComponent('"><script>alert(1)</script>')}`);
  expectPage(answer, 200);
  expect(answer.text).not.toContain('<script>alert');
});

test('422 R1.7: the new password too is typed twice without scripts; the code that was typed stays', async () => {
  const form = { email: 'a@example.com', flow: 'x', code: 'ABC123', password: 'correct horse' };
  const answer = await new Visitor(stack()).post('/forgot/code', {
    ...form,
    passwordRepeat: 'correct house',
  });
  expectPage(answer, 422, 'The two passwords differ');
  expect(fieldsOf(answer.text)).toMatchObject({ code: 'ABC123', email: 'a@example.com', password: '' });
});

test.each(['/forgot', '/move'])(
  '200 C81: what hangs on the link of a mail at %s is no part of its flow',
  async (at) => {
    for (const tail of [')', '.', '%3E', '%20', '%E3%80%82'])
      expect(fieldsOf((await page(stack(), `${at}/AbC-_1${tail}`)).text)['flow']).toBe('AbC-_1');
  },
);

test('422: no flow is as long as this', async () => {
  expectPage(await page(stack(), `/forgot/${'x'.repeat(65)}`), 422);
});

/** Asks for a code on the page, follows the mail's link and types its code there. */
async function resetByMail(visitor: Visitor, email: string, password: string) {
  await visitor.post('/forgot', { email });
  const code = await codeOf(stack(), email);
  const leads = new RegExp(`${stack().app}(/forgot/[\\w-]+)`).exec(stack().mails(email).at(-1)!.text)![1]!;
  const form = await visitor.get(leads);
  expect(fieldsOf(form.text)['email']).toBe(email);
  return visitor.submit(form, '/forgot/code', { code, password });
}

test('303 R7.5 R2.6: the mail leads to where its code is typed, with the address there, and after it one is in', async () => {
  const guest = await member(stack(), admin);
  const visitor = new Visitor(stack());
  const answer = await resetByMail(visitor, guest.user.email!, 'a new horse battery');
  expect(answer).toMatchObject({ status: 303, headers: { location: '/login?done=password-reset' } });
  expect(visitor.cookies[cookie.session]).toBeDefined();
  const next = await visitor.get('/login?done=password-reset');
  expect(next).toMatchObject({ status: 303, headers: { location: '/?notice=password-reset' } });
  const home = await visitor.get('/?notice=password-reset');
  expectPage(home, 200, guest.user.username, 'Your password is set, and your other devices were signed out.');
  // Later it would be told to another user who is signed in here.
  stack().clock.offsetSeconds += 61;
  expect(await visitor.get('/login?done=password-reset')).toMatchObject({ headers: { location: '/' } });
  expect(await deedsOf(stack(), guest)).toEqual(
    expect.arrayContaining(['password.reset done', 'session.create done']),
  );
});

test('303 R7.5 R3.3: whose account is bound to another device is told that the password is set, and is not in', async () => {
  const { who } = await boundUser(stack(), admin);
  const visitor = new Visitor(stack());
  const answer = await resetByMail(visitor, who.email, 'a new horse battery');
  expect(answer).toMatchObject({ status: 303, headers: { location: '/login?done=password-reset' } });
  expect(visitor.cookies[cookie.session]).toBeUndefined();
  expectPage(await visitor.get('/login?done=password-reset'), 200, 'Your password is set');
});

test('422 R7.5: all mistakes are told at once, each at its field and in the summary', async () => {
  const form = { email: 'no address', flow: 'x', code: '', password: 'short', passwordRepeat: 'other' };
  const answer = await new Visitor(stack()).post('/forgot/code', form);
  const named = [...answer.text.matchAll(/<li><a href="#(\w+)"/g)].map(([, name]) => name);
  expect(named).toEqual(['email', 'password', 'passwordRepeat']);
  const marked = [...answer.text.matchAll(/<input\b[^>]*aria-invalid="true"/g)];
  expect(marked).toHaveLength(3);
  expectPage(answer, 422, 'role="alert" tabindex="-1" autofocus');
});
