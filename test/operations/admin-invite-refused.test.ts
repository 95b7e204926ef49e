import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { locales } from '#shared/locale.ts';
import { send } from '../harness/http/http.ts';
import { deviceUser } from '../harness/invites/inviting.ts';
import { invite, mailedGuest, register, somebody, tokenOf } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

/** The answers to an administrator's change of an invite, in each language. */
const told = (method: string, path: string, json?: object) =>
  Promise.all(
    locales.map(async (language) => {
      const answer = await send<Problem>(stack(), method, `/v1/admin/invites/${path}`, {
        token: admin.session.token,
        headers: { 'accept-language': language },
        ...(json && { json }),
      });
      return { code: answer.json.code, detail: answer.json.detail };
    }),
  );

/** Words that address the guest of an invite, not an administrator. */
const forGuests = /sign in|your invite|invited you|ログイン|招待した人に|登录|邀请您/i;

async function expectForAdmins(answers: Awaited<ReturnType<typeof told>>, code: string): Promise<void> {
  expect(answers.map((one) => one.code)).toEqual(locales.map(() => code));
  expect(answers.map(({ detail }) => detail).filter((detail) => forGuests.test(detail))).toEqual([]);
}

test('422 R0.7 R4.13: who withdraws or re-issues an invite that was used is told what an administrator can do', async () => {
  const guest = somebody();
  const [row] = await invite(stack(), admin, { emails: [guest.email] });
  await register(stack(), tokenOf(row!.url), guest);
  await expectForAdmins(await told('POST', `${row!.id}/revoke`), 'invite_used');
  await expectForAdmins(await told('POST', `${row!.id}/reissue`, {}), 'invite_used');
});

test('422 R0.7 R4.13: so is who corrects an address to that of a member', async () => {
  const member = await mailedGuest(stack(), admin);
  const [row] = await invite(stack(), admin, { emails: [somebody().email] });
  const answers = await told('POST', `${row!.id}/reissue`, { email: member.user.email });
  await expectForAdmins(answers, 'email_taken');
});

test('422 R3.4 R4.13: so is who deletes the one way back in of a device', async () => {
  const { inviteId } = await deviceUser(stack(), admin);
  await expectForAdmins(await told('DELETE', inviteId), 'invite_used');
});
