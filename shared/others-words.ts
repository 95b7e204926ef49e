import type { Locale } from './locale.ts';

/**
 * Characters that nobody sees: those that Unicode says may be ignored, those that are none, controls of layout, and signs that are
 * blank (Braille, the place of an object, a note without a head, the filler of the Khitan script).
 */
const unseen =
  /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\ufff9-\ufffc\u{13430}-\u{1343f}\u{16fe4}\u{1d159}]/gu;

/** Full-width forms of ASCII, which Japanese and Chinese keyboards type, and their blank. */
const fullWidth = /[\uff01-\uff5e\u3000]/g;

/** The same text with full-width forms as ASCII: `ｙｕｋｉ＠` is `yuki@`. Whatever else it has stays. */
export const halfWidth = (text: string): string =>
  text.replaceAll(fullWidth, (character) => character.normalize('NFKC'));

/** The characters of a text that somebody sees, where no language needs the others: in what is typed to be compared. */
export const seen = (text: string): string => text.replaceAll(unseen, '');

/** A key or a pass phrase as typed or pasted, without the blanks, line ends and unseen characters around it. */
export const withoutSurroundings = (typed: string): string =>
  typed.replaceAll(/^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu, '');

/**
 * Those among them that languages need, behind the character that they shape: variants of a Chinese character or an emoji,
 * and joiners between letters (Persian, Hindi) or pictures.
 */
const shaping =
  /(?<=[\p{L}\p{M}\p{N}\p{Emoji}])(\p{Variation_Selector}|[\u200c\u200d](?=[\p{L}\p{M}\p{Emoji}]))/gu;

/** Marks on one letter, of which more climb over the lines around. */
const piled = /((?:\p{M}[\u200c\u200d]*){4})(?:\p{M}[\u200c\u200d]*)+/gu;

/** A text without what hides, turns the direction around or covers its surroundings (C80). */
export function readable(text: string): string {
  const kept = new Set([...text.matchAll(shaping)].map(({ index }) => index));
  return text
    .replace(unseen, (character, index: number) => (kept.has(index) ? character : ''))
    .replace(piled, '$1')
    .trim();
}

/** Several lines without what hides or turns the direction around; at most one line in a row is empty. */
export const readableLines = (text: string): string =>
  readable(
    text
      .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
      .replaceAll(/[^\P{Cc}\n]+/gu, ' ')
      .replaceAll(/\n\s*\n/g, '\n\n'),
  );

/** Addresses as programs recognise them: with a scheme, as a folder of a network, or by a name that ends as names of hosts do. */
const link =
  /[a-z][a-z\d+.-]*:\/\/|\b(mailto|tel|sms|sip|callto|skype|file|data|javascript):|\\\\[\p{L}\p{N}]|\bwww\.|[\p{L}\p{N}][.\u3002](?=(xn--|[a-z]{2}))/iu;

/** Whether some program may make a link of a part of the text. */
export const holdsLink = (text: string): boolean => link.test(text.normalize('NFKC'));

/** A text of which no program makes a link, also where it knows more names of hosts than `holdsLink`. */
export const withoutLinks = (text: string): string =>
  text.replaceAll(/[.\u2024\uff0e\uff61@\uff20](?=\p{L})/gu, '$& ');

/** Dots, colons and at signs of addresses, in every form that a program takes for one, with something behind. */
const joints = /([.\u2024\uff0e\uff61@\uff20]|(?<=\w)[:\uff1a])(?=[^\s.])|\u3002(?=[a-z\d])/giu;

const marks: Record<Locale, readonly [string, string]> = { en: ['“', '”'], ja: ['「', '」'], zh: ['“', '”'] };

/** Every character that ends a quotation somewhere, what looks like one, and two apostrophes, which do too. */
const quotes =
  /["“”„‟«»‹›「」『』｢｣〝〞〟〃＂″‶˝ʺ״⌜⌝⌞⌟⌈⌉⌊⌋⸢⸣⸤⸥﹁﹂﹃﹄❝❞\u{1f676}-\u{1f678}]|['’‘ʼ′`´]{2,}/gu;

/**
 * What one person wrote, for another to read (C99): no program makes a link of it, it stays one line and within its length, and it
 * stands in quotation marks, so that it is not taken for our words. A single lower-case word, as every username is, stands bare.
 */
export function quote(text: string, locale: Locale, most = 60): string {
  const line = readable(text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')).replaceAll(quotes, "'");
  const characters = [...line.replaceAll(joints, '$& ')];
  const short = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
  if (/^[a-z\d]*$/.test(short)) return short;
  const [open, close] = marks[locale];
  return `${open}${short}${close}`;
}
