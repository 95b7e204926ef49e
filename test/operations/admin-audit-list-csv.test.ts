import { parse } from 'csv-parse/sync';
import { beforeAll, expect, test } from 'vitest';
import { csvLine, textCell } from '#shared/table/csv.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { readEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { signIn } from '../harness/people/accounts.ts';
import { pagesOf, type ShownEntry } from '../harness/people/managing.ts';

const { stack, admin } = useAdmin();
const { rawPath } = readEvent('admin-audit-list');
beforeAll(async () => {
  for (let times = 0; times < 4; times += 1) await signIn(stack(), admin.user.username, 'wrong password');
});

const get = (path: string) => send(stack(), 'GET', path, { token: admin.session.token });
/** Records as an independent CSV parser reads them. It refuses records of unequal length. */
const recordsOf = (text: string): string[][] => parse(text, { record_delimiter: '\r\n' });

test('200: the same page as a file that a spreadsheet opens', async () => {
  const { status, headers, text } = await get(`${rawPath}?format=csv&subjectId=${admin.user.id}`);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="audit.csv"',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect(headers).not.toHaveProperty('link');
  const [page] = await pagesOf<ShownEntry>(stack(), admin, rawPath, { subjectId: admin.user.id });
  const [head, ...rows] = recordsOf(text);
  const whose = ['actorId', 'subjectId', 'address', 'login'];
  const names = ['actorName', 'subjectName'];
  expect(head).toEqual(['at', 'action', 'outcome', ...whose, 'service', 'call', 'reason', ...names, 'app']);
  expect(rows).toEqual(
    page!.map((entry) => head!.map((name) => textCell(entry[name as keyof ShownEntry] ?? ''))),
  );
  expect(text.split('\r\n')).toHaveLength(rows.length + 2);
});

test('200: each page names the next one in a Link header (RFC 8288), with what was asked for', async () => {
  const rows: string[][] = [];
  let next: string | undefined = `${rawPath}?format=csv&limit=2&outcome=refused&subjectId=${admin.user.id}`;
  let pages = 0;
  while (next !== undefined) {
    const { status, headers, text } = await get(next);
    expect(status).toBe(200);
    rows.push(...recordsOf(text).slice(1));
    pages += 1;
    const [, target, relation] = /^<([^>]+)>; (.*)$/.exec(String(headers['link'] ?? '')) ?? [];
    if (target !== undefined) {
      expect(relation).toBe('rel="next"');
      const { pathname, searchParams } = new URL(target, stack().app);
      expect(pathname).toBe(rawPath);
      expect(Object.fromEntries(searchParams)).toMatchObject({
        format: 'csv',
        limit: '2',
        outcome: 'refused',
      });
    }
    next = target;
  }
  expect(pages).toBe(2);
  expect(rows).toHaveLength(4);
  expect(new Set(rows.map((row) => row[2]))).toEqual(new Set(['refused']));
});

test('422 401: errors stay problem+json', async () => {
  const refused = await get(`${rawPath}?format=csv&day=never`);
  expect(refused.headers['content-type']).toBe('application/problem+json');
  expect((await send(stack(), 'GET', `${rawPath}?format=csv`)).json.code).toBe('unauthenticated');
});

test.each([
  ['=HYPERLINK("http://x")', `'=HYPERLINK("http://x")`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['+1', `'+1`],
  ['-1+cmd|x', `'-1+cmd|x`],
  ['\t=1', `'\t'=1`],
  ['-4kX_id', '-4kX_id'],
  ['-name', "'-name"],
  ['-', '-'],
  ['-1', "'-1"],
  [' =1', "' =1"],
  ['＝1+1', "'＝1+1"],
  ['−1', "'−1"],
  ['a;=1+1', "a;'=1+1"],
  ['two\n@SUM(A1)', "two\n'@SUM(A1)"],
  ['a+b@example.com', 'a+b@example.com'],
  ['::1', '::1'],
])('C75: a cell %j does not reach a spreadsheet as a formula', (cell, safe) => {
  expect(textCell(cell)).toBe(safe);
});

test('quotation marks, commas and line breaks survive (RFC 4180)', () => {
  const cells = ['a,b', 'say "hi"', 'two\r\nlines', ''];
  expect(recordsOf(csvLine(cells))).toEqual([cells]);
});
