import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { invite, mailedToken, register, somebody, tokenOf } from '../harness/people/people.ts';
import { gb18030, shiftJis } from '../harness/invites/east-asian-tables.ts';
import { csvFile, latchkey, signedInTo } from './latchkey.ts';

const { stack, admin } = useAdmin();

const plan = (file: string, ...args: string[]) =>
  latchkey(['plan', file, ...args], { env: signedInTo(stack(), admin) });

test('plan shows what would happen, and changes nothing', async () => {
  const member = somebody('member');
  await invite(stack(), admin, { emails: [member.email, 'open@example.com', 'open@example.com.au'] });
  await register(stack(), await mailedToken(stack(), member.email), member);
  const shown = somebody('shown');
  const [row] = await invite(stack(), admin, { emails: [shown.email], send: false });
  await register(stack(), tokenOf(row!.url), shown);
  await invite(stack(), admin, { emails: ['bounce@simulator.amazonses.com'] });
  await stack().settle();

  const file = csvFile(
    ['email', 'new@example.com', 'OPEN@example.com', member.email, 'none', 'new@example.com', shown.email]
      .concat('bounce@simulator.amazonses.com', 'open@example.co')
      .join('\n'),
  );
  const before = await stack().dumpTables();
  const { code, data, prose } = await plan(file, '--json');
  expect(code, prose).toBe(0);
  expect(JSON.parse(data).items.map(({ result }: { result: string }) => result)).toEqual([
    'invite',
    'already_invited',
    'member',
    'bad_address',
    'duplicate',
    'unknown',
    'unknown',
    'invite',
  ]);
  expect(prose).toContain('Nothing was changed');
  expect(await stack().dumpTables()).toEqual(before);
  expect(existsSync(`${file}.latchkey.json`)).toBe(false);
  const text = await plan(file);
  expect(text.data.split('\n')[0]).toBe('2\tnew@example.com\tinvite');
});

test('C73: plan takes the addresses that the server takes, as the same mailboxes', async () => {
  const taken = ['r&d@example.com', 'mia@müller.example', 'ｙｕｋｉ＠ｅｘａｍｐｌｅ．ｃｏｍ'];
  const refused = ['鈴木@example.com', `${'a'.repeat(65)}@example.com`, 'a@ex-.com'];
  await invite(stack(), admin, { emails: ['mia@xn--mller-kva.example'] });
  const { data } = await plan(
    csvFile(['email', ...taken, 'yuki@example.com', ...refused].join('\n')),
    '--json',
  );
  expect(JSON.parse(data).items.map(({ result }: { result: string }) => result)).toEqual([
    'invite',
    'already_invited',
    'invite',
    'duplicate',
    ...refused.map(() => 'bad_address'),
  ]);
  const rows = await invite(stack(), admin, { emails: [...taken, ...refused] });
  expect(rows.map(({ result }) => result)).toEqual([
    'invited',
    'already_invited',
    'invited',
    ...refused.map(() => 'bad_address'),
  ]);
});

test('mistakes in the file are told at once, by line, and nothing is done', async () => {
  const file = csvFile('email,role,days\na@example.com,owner,7\nb@example.com,admin,400\n,general,\n"c\n');
  for (const command of ['plan', 'apply']) {
    const { code, data, prose } = await latchkey([command, file], { env: signedInTo(stack(), admin) });
    expect({ code, data }).toEqual({ code: 2, data: '' });
    for (const line of [2, 3, 4, 5]) expect(prose).toContain(`people.csv:${line}: `);
  }
  expect(existsSync(`${file}.latchkey.json`)).toBe(false);
});

test('C74: the same mistake in many lines is one to change, and is told once', async () => {
  const lines = Array.from({ length: 9 }, (_, at) => `p${at}@example.com,Boss`);
  const file = csvFile(['email,role,Phone', ...lines].join('\n'));
  const { code, prose } = await plan(file);
  expect(code).toBe(2);
  expect(prose.trimEnd().split('\n')).toEqual([
    `${file} has a mistake; nothing was done.`,
    `${file}:2: role wants one of admin, general, not Boss (also in 3, 4, 5 and 5 more)`,
  ]);
  const told = await plan(csvFile('email,Phone\nphone@example.com,1\n'));
  expect(told.prose).toContain('not read: Phone.');
});

test('C74 R7.2: plan reads what Excel writes by "CSV" in Japan and in China', async () => {
  for (const [bytes, count] of [
    [shiftJis, 1],
    [gb18030, 2],
  ] as const) {
    const { code, data, prose } = await plan(csvFile(bytes), '--json');
    expect(code, prose).toBe(0);
    expect(JSON.parse(data).items).toHaveLength(count);
  }
});
