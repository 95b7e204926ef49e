import type { Text } from '../locale.ts';

/** What can be wrong with an API key that was typed. */
export const keyTexts = {
  keyMissing: {
    en: 'Enter the API key.',
    ja: 'APIキーを入力してください',
    zh: '请输入 API 密钥。',
  },
  keyShort: { en: 'The API key is too short', ja: 'APIキーが短すぎます', zh: 'API 密钥太短' },
  keyLength: {
    en: 'A whole key has at least {min} characters. Copy it once more.',
    ja: 'キー全体は{min}文字以上です。もう一度コピーしてください。',
    zh: '完整的密钥至少有 {min} 个字符，请重新复制。',
  },
  keyCharacters: {
    en: 'An API key has no spaces or line breaks, and only plain letters (A–Z, a–z), digits and signs. Copy it once more, without what is around it.',
    ja: 'APIキーには空白・改行・全角文字は使用できません。前後の余分な文字を含めずに、もう一度コピーしてください。',
    zh: 'API 密钥不含空格、换行或非半角字符。请重新复制，不要带上前后多余的字符。',
  },
  keyShape: {
    en: 'This does not look like an API key of {service}. Copy it once more from {service}.',
    ja: '{service}のAPIキーの形式ではありません。{service}からもう一度コピーしてください。',
    zh: '这不像 {service} 的 API 密钥。请从 {service} 重新复制。',
  },
  keyOfOther: {
    en: 'This looks like an API key of {other}, not of {service}.',
    ja: 'これは{service}ではなく、{other}のAPIキーのようです。',
    zh: '这似乎是 {other} 的 API 密钥，而不是 {service} 的。',
  },
  keyRefused: {
    en: '{service} does not accept this API key. It may have been revoked: look there, or get a new one.',
    ja: 'このAPIキーは{service}で受け付けられませんでした。無効化されていないか確認するか、新しいキーを取得してください。',
    zh: '{service} 不接受此 API 密钥。请确认它未被撤销，或获取新的密钥。',
  },
  keyUnchecked: {
    en: 'API keys of {service} cannot be checked; they are kept without a check.',
    ja: '{service}のAPIキーは確認できません。確認なしで登録されます。',
    zh: '无法检查 {service} 的 API 密钥，登记时不作检查。',
  },
} as const satisfies Record<string, Text>;
