import type { Locale } from './locale.ts';

/**
 * Invisible characters: Unicode's default ignorable code points, noncharacters, layout controls, and blank signs (the blank of
 * Braille, the object replacement character, a musical note without a head, the filler of the Khitan script).
 */
const unseen =
  /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\ufff9-\ufffc\u{13430}-\u{1343f}\u{16fe4}\u{1d159}]/gu;

/** Full-width forms of ASCII and the full-width blank, as Japanese and Chinese keyboards type them. */
const fullWidth = /[\uff01-\uff5e\u3000]/g;

/** The same text with full-width forms as ASCII: `ｙｕｋｉ＠` is `yuki@`. Whatever else it has stays. */
export const halfWidth = (text: string): string =>
  text.replaceAll(fullWidth, (character) => character.normalize('NFKC'));

/** A text without any invisible character. Only for texts that are typed to be compared: other texts may need some of them (`shaping`). */
export const seen = (text: string): string => text.replaceAll(unseen, '');

/** A key or a pass phrase as typed or pasted, without the blanks, line ends and unseen characters around it. */
export const withoutSurroundings = (typed: string): string =>
  typed.replaceAll(/^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu, '');

/**
 * The invisible characters that languages need, behind the character that they shape: variation selectors of a Chinese character
 * or an emoji, and joiners between letters (Persian, Hindi) or emoji.
 */
const shaping =
  /(?<=[\p{L}\p{M}\p{N}\p{Emoji}])(\p{Variation_Selector}|[\u200c\u200d](?=[\p{L}\p{M}\p{Emoji}]))/gu;

/** More than four marks on one letter: they would cover the lines around. */
const piled = /((?:\p{M}[\u200c\u200d]*){4})(?:\p{M}[\u200c\u200d]*)+/gu;

/** A text without characters that hide, reverse the direction of text or cover their surroundings (C80). */
export function readable(text: string): string {
  const kept = new Set([...text.matchAll(shaping)].map(({ index }) => index));
  return text
    .replace(unseen, (character, index: number) => (kept.has(index) ? character : ''))
    .replace(piled, '$1')
    .trim();
}

/** As `readable`, for a text of several lines; at most one line in a row is empty. */
export const readableLines = (text: string): string =>
  readable(
    text
      .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
      .replaceAll(/[^\P{Cc}\n]+/gu, ' ')
      .replaceAll(/\n\s*\n/g, '\n\n'),
  );

/** Addresses as programs recognise them: with a scheme, as a network folder, or by a name that ends like a host name. */
const link =
  /[a-z][a-z\d+.-]*:\/\/|\b(mailto|tel|sms|sip|callto|skype|file|data|javascript):|\\\\[\p{L}\p{N}]|\bwww\.|[\p{L}\p{N}][.\u3002](?=(xn--|[a-z]{2}))/iu;

/** Whether a program may turn a part of the text into a link. */
export const holdsLink = (text: string): boolean => link.test(text.normalize('NFKC'));

/** A text that no program turns into a link, even a program that recognises more host names than `holdsLink`. */
export const withoutLinks = (text: string): string =>
  text.replaceAll(/[.\u2024\uff0e\uff61@\uff20](?=\p{L})/gu, '$& ');

/** Dots, colons and at signs of addresses, in every form that programs recognise, if a character follows. */
const joints = /([.\u2024\uff0e\uff61@\uff20]|(?<=\w)[:\uff1a])(?=[^\s.])|\u3002(?=[a-z\d])/giu;

const marks: Record<Locale, readonly [string, string]> = { en: ['“', '”'], ja: ['「', '」'], zh: ['“', '”'] };

/** Every quotation mark of any language, characters that look like one, and two or more apostrophes in a row. */
const quotes =
  /["“”„‟«»‹›「」『』｢｣〝〞〟〃＂″‶˝ʺ״⌜⌝⌞⌟⌈⌉⌊⌋⸢⸣⸤⸥﹁﹂﹃﹄❝❞\u{1f676}-\u{1f678}]|['’‘ʼ′`´]{2,}/gu;

/** The most characters of a quoted text. */
const mostQuoted = 60;

/**
 * A text that one person wrote, quoted for another (C99). No program turns it into a link. It stays on one line of at most `mostQuoted`
 * characters, in quotation marks, so that readers do not take it for our words. A single lower-case word, as every username is, gets no
 * quotation marks.
 */
export function quote(text: string, locale: Locale): string {
  const line = readable(text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')).replaceAll(quotes, "'");
  const characters = [...line.replaceAll(joints, '$& ')];
  const short =
    characters.length > mostQuoted ? `${characters.slice(0, mostQuoted - 1).join('')}…` : characters.join('');
  if (/^[a-z\d]*$/.test(short)) return short;
  const [open, close] = marks[locale];
  return `${open}${short}${close}`;
}
