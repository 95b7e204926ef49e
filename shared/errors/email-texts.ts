import type { EmailMistake } from '../email.ts';
import type { Text } from '../locale.ts';

/** What can be wrong with an email address. */
export const emailTexts = {
  email: {
    en: 'Enter an email address such as name@example.com.',
    ja: 'name@example.com のようなメールアドレスを入力してください。',
    zh: '请输入形如 name@example.com 的邮箱。',
  },
  emailLetters: {
    en: 'Mail can be sent only where the part before @ is written in a–z, digits and signs such as . _ + -. The part behind it may have other letters.',
    ja: '@より前の部分は、半角の英数字と記号（. _ + - など）の場合だけメールを送信できます。@より後ろは他の文字でもかまいません。',
    zh: '仅当 @ 之前的部分由半角英文字母、数字和符号（如 . _ + -）组成时才能发送邮件。@ 之后可以使用其他文字。',
  },
  emailLocal: {
    en: 'The part before @ is longer than {local} characters, which no mail address has. Check it.',
    ja: '@より前の部分が{local}文字を超えています。メールアドレスとして使用できないため、確認してください。',
    zh: '@ 之前的部分超过 {local} 个字符，这不是有效的邮箱。请检查。',
  },
  emailLabel: {
    en: 'A part of the domain behind @ is longer than {label} characters, which no domain has. Check it.',
    ja: '@より後ろのドメインに{label}文字を超える部分があります。確認してください。',
    zh: '@ 之后的域名中有超过 {label} 个字符的部分，请检查。',
  },
  emailHyphen: {
    en: 'A part of the domain behind @ begins or ends with a hyphen, which no domain does. Check it.',
    ja: '@より後ろのドメインにハイフンで始まる、または終わる部分があります。確認してください。',
    zh: '@ 之后的域名中有以连字符开头或结尾的部分，请检查。',
  },
} as const satisfies Record<EmailMistake, Text>;
