import type { Text } from '#shared/locale.ts';

/** The page's texts on a password during typing: how strong it is, and how to make it stronger. */
export const strengthTexts = {
  weak: { en: 'Easy to guess.', ja: '推測されやすいパスワードです。', zh: '容易被猜到。' },
  fair: {
    en: 'Could be harder to guess.',
    ja: 'もう少し推測されにくくしましょう。',
    zh: '还可以更难猜一些。',
  },
  good: { en: 'Hard to guess.', ja: '推測されにくいパスワードです。', zh: '不容易被猜到。' },
  common: {
    en: 'It resembles a password that many people use.',
    ja: '多くの人が使うパスワードに似ています。',
    zh: '它与很多人使用的密码相似。',
  },
  pattern: {
    en: 'Rows of keys, sequences and repeats are tried early.',
    ja: 'キーの並び、連番、繰り返しは早く試されます。',
    zh: '键盘顺序、连续或重复的字符会很快被试到。',
  },
  date: {
    en: 'Years and dates are tried early.',
    ja: '年や日付は早く試されます。',
    zh: '年份和日期会很快被试到。',
  },
  more: { en: 'Add a word or two.', ja: '単語を1つか2つ加えてください。', zh: '请再加一两个词。' },
} as const satisfies Record<string, Text>;
