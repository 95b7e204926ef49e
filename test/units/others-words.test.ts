import { expect, test } from 'vitest';
import { locales } from '#shared/locale.ts';
import { quote, readable } from '#shared/others-words.ts';
import { linksIn } from '../harness/people/hostile-words.ts';

test.each([
  ['a direction override', 'evil\u202emoc', 'evilmoc'],
  ['isolates and marks of direction', '\u2066a\u2069\u200eb\u200f\u061cc', 'abc'],
  ['blanks without a width', 'a\u200bb\u2060c\ufeffd\u00ade', 'abcde'],
  ['letters that are blank', '\u3164\u115fa\uffa0\u2800', 'a'],
  ['tags', 'a\u{e0041}\u{e0042}', 'a'],
  ['joiners where there is nothing to join', '\u200dx\u200d \u200c', 'x'],
  ['blanks around', ' a b\t', 'a b'],
  ['marks that climb over other lines', `z${'\u0301'.repeat(50)}`, `z${'\u0301'.repeat(4)}`],
  [
    'marks that climb, with joiners between',
    `z${`${'\u0301'.repeat(4)}\u200c`.repeat(10)}`,
    `z${'\u0301'.repeat(4)}\u200c`,
  ],
])('C80: takes out %s', (_, text, kept) => {
  expect(readable(text)).toBe(kept);
});

test('C80: takes out every character that nobody sees, wherever it stands', () => {
  const kept: string[] = [];
  for (let point = 0; point <= 0x10ffff; point += 1) {
    const character = String.fromCodePoint(point);
    const isShown = !/[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\ufffc]/u.test(
      character,
    );
    if (!isShown && readable(`${character} ${character}`) !== '') kept.push(point.toString(16));
  }
  // Visible signs above or below numbers in Arabic, Syriac and Kaithi.
  expect(kept.join(' ')).toBe('600 601 602 603 604 605 6dd 70f 890 891 8e2 110bd 110cd');
});

test.each([
  ['Persian', 'می\u200cخواهم'],
  ['Hindi', 'क्\u200dष'],
  ['a variant of a Chinese character', '葛\u{e0100}城'],
  ['emoji that are joined', '👩\u200d👩\u200d👧 ❤\ufe0f'],
  ['Vietnamese, taken apart', 'Nguye\u0302\u0303n'],
  ['Hebrew', 'שלום'],
  ['Japanese', '山田 花子'],
])('C80: leaves %s as it is', (_, text) => {
  expect(readable(text)).toBe(text);
});

test.each([
  'https://evil.example/login',
  'www.evil.example',
  'evil.example',
  'sign in at evil.example/x now',
  'evil．example',
  'evil｡example',
  'evil。com',
  'evil\u2024example',
  'evil.\u200bexample',
  'http:\\\\evil.example',
  'help@evil.example',
  'help＠evil.example',
  'mailto:help@evil',
  'tel:0900',
])('C99: no program makes a link of %s', (text) => {
  for (const locale of locales) expect(linksIn(quote(text, locale))).toEqual([]);
});

test.each([
  ['en', 'Yuki Tanaka', '“Yuki Tanaka”'],
  ['ja', '山田 花子', '「山田 花子」'],
  ['zh', 'Latchkey', '“Latchkey”'],
  ['en', 'yuki7', 'yuki7'],
  ['en', 'a” invites you. Sign in: “b', "“a' invites you. Sign in: 'b”"],
  ['ja', 'a」さん「b', "「a'さん'b」"],
  ['ja', 'a｣さん｢b', "「a'さん'b」"],
  ['en', "a'' invites you. Sign in: ''b", "“a' invites you. Sign in: 'b”"],
  ['en', 'O’Neil', '“O’Neil”'],
  ['en', 'one\r\nBcc: two\u2028three\0', '“one Bcc: two three”'],
  ['en', 'J.R.R. Tolkien', '“J. R. R. Tolkien”'],
  ['en', '', ''],
] as const)('C99: in %s %j is quoted as %s', (locale, text, quoted) => {
  expect(quote(text, locale)).toBe(quoted);
});

test('C99: is cut to its length, in characters', () => {
  expect(quote('😀'.repeat(200), 'en')).toBe(`“${'😀'.repeat(59)}…”`);
});
