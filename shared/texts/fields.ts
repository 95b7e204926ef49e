import type { Text } from './locale.ts';

/** What can be wrong with one field. */
export const fieldTexts = {
  missing: { en: 'This is required.', ja: '入力してください。', zh: '此项必填。' },
  unknown: { en: 'This field is not known here.', ja: 'この項目は使用できません。', zh: '此字段不可用。' },
  type: {
    en: 'This must be of type {type}.',
    ja: '{type} 型で入力してください。',
    zh: '类型必须是 {type}。',
  },
  short: {
    en: 'Use at least {min} characters.',
    ja: '{min}文字以上で入力してください。',
    zh: '至少 {min} 个字符。',
  },
  long: {
    en: 'Use at most {max} characters.',
    ja: '{max}文字以内で入力してください。',
    zh: '最多 {max} 个字符。',
  },
  small: { en: 'The least is {min}.', ja: '{min}以上にしてください。', zh: '不能小于 {min}。' },
  big: { en: 'The most is {max}.', ja: '{max}以下にしてください。', zh: '不能大于 {max}。' },
  choice: {
    en: 'Choose one of: {choices}.',
    ja: '次から選んでください: {choices}。',
    zh: '请选择：{choices}。',
  },
  email: {
    en: 'Enter an email address such as name@example.com.',
    ja: 'name@example.com のようなメールアドレスを入力してください。',
    zh: '请输入形如 name@example.com 的邮箱。',
  },
  username: {
    en: 'Use 3 to 32 lower-case letters (a–z) and digits.',
    ja: '半角の英小文字と数字で3〜32文字にしてください。',
    zh: '请使用 3–32 个小写英文字母和数字。',
  },
  line: {
    en: 'Use one line of plain text.',
    ja: '改行や制御文字を含まない1行で入力してください。',
    zh: '请输入单行文本，不含控制字符。',
  },
  repeat: { en: 'The two passwords differ.', ja: 'パスワードが一致しません。', zh: '两次输入的密码不一致。' },
  emails: {
    en: 'Name the addresses to invite.',
    ja: '招待するアドレスを入力してください。',
    zh: '请填写要邀请的邮箱。',
  },
  single: {
    en: 'An invite for one address can be used once.',
    ja: 'アドレス指定の招待は1回だけ使用できます。',
    zh: '指定邮箱的邀请只能使用一次。',
  },
  format: { en: 'This is not in the expected form.', ja: '形式が正しくありません。', zh: '格式不正确。' },
} as const satisfies Record<string, Text>;
