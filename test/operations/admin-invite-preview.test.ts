import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { send } from '../harness/http/http.ts';
import { invite, mailedGuest, somebody } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin();
type Answer = {
  items: { email: string; result: string }[];
  mail: { locale: string; subject: string; text: string } | null;
} & Problem;

const preview = (json: object, { token } = admin.session) =>
  send<Answer>(stack(), 'POST', '/v1/admin/invites/preview', { token, json });

test('200: the mail in its language, with a link that lets nobody in', async () => {
  const { token } = admin.session;
  const { status, json } = await sendEvent<Answer>(stack(), 'admin-invite-preview', { token });
  expect({ status, items: json.items }).toEqual({
    status: 200,
    items: [{ email: 'mia@example.com', result: 'invited' }],
  });
  expect(json.mail).toMatchObject({ locale: 'ja', subject: 'Latchkey への招待' });
  expect(json.mail!.text).toContain(`${stack().app}/invite/…`);
  expect(json.mail!.text).toContain(admin.user.username);
});

test('200: says of each address what would become of it, and does none of it', async () => {
  const member = await mailedGuest(stack(), admin);
  const [open, dead] = [somebody().email, 'bounce+preview@simulator.amazonses.com'];
  await invite(stack(), admin, { emails: [open] });
  await invite(stack(), admin, { emails: [dead] });
  await stack().settle();
  const fresh = somebody().email;
  const before = await stack().dumpTables();
  const emails = [fresh, fresh.toUpperCase(), member.user.email!, dead, 'not an address', open];
  const { status, json } = await preview({ emails, message: 'See you.\nMia' });
  expect({ status, results: json.items.map(({ result }) => result) }).toEqual({
    status: 200,
    results: ['invited', 'duplicate', 'member', 'suppressed', 'bad_address', 'already_invited'],
  });
  expect(json.mail!.text).toContain('> See you.\n> Mia');
  await stack().settle();
  const after = await stack().dumpTables();
  for (const table of ['invites', 'mails', 'audit'] as const) expect(after[table]).toEqual(before[table]);
  const created = await invite(stack(), admin, { emails });
  // If a list names an address twice, either entry may be the first to be invited.
  expect(created.map(({ result }) => result).toSorted()).toEqual(
    json.items.map(({ result }) => (result === 'duplicate' ? 'already_invited' : result)).toSorted(),
  );
});

test('200: no mail where none would go out', async () => {
  expect((await preview({ count: 3 })).json).toEqual({ items: [], mail: null });
  expect((await preview({ emails: ['nobody', 'no body'] })).json.mail).toBeNull();
  expect((await preview({ emails: ['a@example.com'], send: false })).json.mail).toBeNull();
  const domain = await preview({ kind: 'domain', emails: ['*@example.com'] });
  expect(domain.json).toEqual({ items: [{ email: '*@example.com', result: 'invited' }], mail: null });
});

test('200: a domain that is named twice gets two invites, and is said to', async () => {
  const [emails, kind] = [['*@twice.example', '*@Twice.example'], 'domain'];
  const invited = { email: '*@twice.example', result: 'invited' };
  expect((await preview({ kind, emails })).json.items).toEqual([invited, invited]);
  expect(await invite(stack(), admin, { kind, emails })).toMatchObject([invited, invited]);
});

test('503: says of an outage that nothing was done, since nothing is', async () => {
  stack().faults([
    { kind: 'error', function: 'admin-invite-preview', action: 'BatchGetItem', nth: 2, times: 99 },
  ]);
  const { status, json } = await preview({ emails: [somebody().email] });
  stack().faults([]);
  expect({ status, detail: json.detail }).toEqual({
    status: 503,
    detail: expect.not.stringMatching(/may have/) as string,
  });
});

test('422: what cannot be created is refused as there', async () => {
  const { status, json } = await preview({
    emails: ['a@example.com'],
    maxUses: 3,
    message: 'www.evil.example',
  });
  expect({ status, paths: json.errors?.map(({ path }) => path) }).toEqual({
    status: 422,
    paths: ['message'],
  });
  expect((await preview({ emails: ['a@example.com'], maxUses: 3 })).json.errors?.[0]?.path).toBe('maxUses');
});

test('401 403 R4.1: only administrators ask who is a member', async () => {
  const json = { emails: [admin.user.email] };
  expect((await send(stack(), 'POST', '/v1/admin/invites/preview', { json })).status).toBe(401);
  const guest = await mailedGuest(stack(), admin);
  expect((await preview(json, guest.session)).json.code).toBe('forbidden');
});
