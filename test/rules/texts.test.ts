import { expect, test } from 'vitest';
import { errorTable } from '#shared/errors/table.ts';
import { accountViewTexts } from '#web/texts/account.ts';
import { invitingTexts } from '#web/texts/inviting.ts';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { keyTexts } from '#web/texts/keys.ts';
import { fill, locales, negotiate, type Text } from '#shared/locale.ts';
import { pageTexts } from '#web/texts/pages.ts';
import { files, read, root } from './files.ts';

const errors = Object.entries(errorTable).flatMap(([code, { title, detail, onPage }]): [string, Text][] => [
  [`${code}.title`, title],
  [`${code}.detail`, detail],
  ...(onPage ? [[`${code}.onPage`, onPage] as [string, Text]] : []),
]);

/** Every file of texts: those of pages, and those beside the mails and fields that they belong to. */
const textFiles = [...files('web/texts/*.ts'), ...files('shared/*/*texts.ts')];
const tables = await Promise.all(
  textFiles.map(async (file) =>
    Object.values((await import(/* @vite-ignore */ `${root}${file}`)) as Record<string, unknown>),
  ),
);
const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && locales.every((locale) => locale in value);
const catalogue: [string, Text][] = [
  ...errors,
  ...tables
    .flat()
    .flatMap((table) => Object.entries(table as Record<string, unknown>))
    .filter((entry): entry is [string, Text] => isText(entry[1])),
];

const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();

test.each(catalogue)('R4.13: %s is there in ja, zh and en, with the same slots', (_name, text) => {
  for (const locale of locales) {
    expect(text[locale].trim()).not.toBe('');
    expect(slots(text[locale])).toEqual(slots(text.en));
  }
  expect(text.ja).not.toBe(text.en);
  expect(text.zh).not.toBe(text.en);
});

test.each(Object.entries(errorTable))(
  'R2.7 R4.13: what %s tells people on a page is nothing that programs do',
  (_code, { detail, onPage = detail }) => {
    for (const locale of locales) expect(onPage[locale]).not.toMatch(/\/v1|JSON|application\/|Bearer|"/);
  },
);

/** A slot that can be one, before a word that fits only a plural. */
const ofMany = /\{(count|hours|limit|remaining|users)\} (are\b|[a-z]+s\b)/;

test.each(catalogue)('R4.13: %s reads right of one, too', (_name, { en }) => {
  expect(en).not.toMatch(ofMany);
});

test.each(catalogue)('R4.13: %s has the signs of its script in ja and zh', (_name, { ja, zh }) => {
  // Japanese here uses the half-width colon throughout.
  expect(ja).not.toMatch(/[()]|[^ -~][,;?!]/);
  expect(zh).not.toMatch(/[()]|[^ -~][,;:?!]/);
});

test('R4.13: what pages put before a colon has that of the reader’s language (colonOf)', () => {
  const withColon = files('web/**/*.{ts,tsx}').filter((file) => /\}: \$\{/.test(read(file)));
  expect(withColon).toEqual([]);
});

test('R4.13: every file of texts has some', () => {
  expect(textFiles.length).toBeGreaterThan(10);
  const empty = textFiles.filter((_, index) =>
    tables[index]!.every((table) => !Object.values(table as object).some(isText)),
  );
  expect(empty).toEqual([]);
});

/** Texts that must match the source documents word for word. */
const given: [Text, string][] = [
  [errorTable.invite_expired.title, '招待リンクの有効期限が切れています'],
  [errorTable.invite_used.title, 'この招待リンクは既に使用されています'],
  [errorTable.invite_invalid.title, '招待リンクが無効または期限切れです'],
  [errorTable.forbidden.title, '管理者権限が必要です'],
  [errorTable.invalid_credentials.title, 'メールアドレスまたはパスワードが正しくありません'],
  [errorTable.email_taken.title, 'このメールアドレスは既に使用されています'],
  [invitingTexts.created, '招待リンクを生成しました'],
  [invitingTexts.failed, '招待リンクの生成に失敗しました'],
  [pageTexts.register, '登録して始める'],
  [errorTable.key_missing.title, 'APIキーが登録されていません'],
  [fieldTexts.keyShort, 'APIキーが短すぎます'],
  [pageTexts.oneDevice, '※ 招待URLは1台のみ登録可能'],
  [fieldTexts.keyMissing, 'APIキーを入力してください'],
  [accountViewTexts.profileSaved, 'プロフィールを更新しました'],
  [keyTexts.saved, 'APIキーを更新しました'],
  [errorTable.key_missing.title, 'APIキーが登録されていません'],
];

test.each(given)('R4.13 R4.14: the documents’ own words stand as they are: %j', (text, words) => {
  expect(text.ja).toBe(words);
});

test.each([
  ['ja', 'ja'],
  ['zh-TW,zh;q=0.9', 'zh'],
  ['fr, ja;q=0.5, en;q=0.7', 'en'],
  ['*', 'en'],
  ['ja;q=0, zh;q=0.1', 'zh'],
  [undefined, 'en'],
  ['x'.repeat(10_000), 'en'],
])('R4.13: the language of %s is %s', (header, locale) => {
  expect(negotiate(header, 'en')).toBe(locale);
});

test('a text keeps a slot that nobody fills, and puts values in as they are', () => {
  expect(fill('{a} {b}', { a: '$&<b>' })).toBe('$&<b> {b}');
  const mails = (count: number) => fill('{count} {count|mail|mails}', { count });
  expect([mails(0), mails(1), mails(2)]).toEqual(['0 mails', '1 mail', '2 mails']);
});
