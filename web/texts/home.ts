import type { Text } from '#shared/locale.ts';

/** Where the first page of signed-in people leads, and why. */
export const homeTexts = {
  next: { en: 'What you can do here', ja: 'ここでできること', zh: '您可以在这里' },
  apps: { en: 'Your apps', ja: 'アプリ', zh: '应用' },
  verifyWhy: {
    en: 'Until then you can store no API key, and whoever else confirms the address takes it over.',
    ja: '確認が済むまでAPIキーは登録できません。また、ほかの人がこのアドレスを確認すると、その人のものになります。',
    zh: '验证之前无法登记 API 密钥，而且如果他人验证了此邮箱，它将归对方使用。',
  },
  keysNone: { en: 'Store an API key', ja: 'APIキーを登録する', zh: '登记 API 密钥' },
  keysNoneWhy: {
    en: 'Then your programs call {providers} through here, without holding the key.',
    ja: '登録すると、キーを渡さずにプログラムから{providers}を利用できます。',
    zh: '登记后，您的程序无需持有密钥，即可通过这里调用 {providers}。',
  },
  keysWhy: {
    en: 'Which ones are stored, what they were used for, and what is left of your limits.',
    ja: '登録済みのキー、その利用履歴、利用上限の残りを確認できます。',
    zh: '查看已登记的密钥、使用记录和剩余限额。',
  },
  inviteSome: { en: 'Invite somebody', ja: '誰かを招待する', zh: '邀请他人' },
  inviteWhy: {
    en: 'Invites that you can still send: {count}',
    ja: '送信できる招待の残り: {count}件',
    zh: '剩余可发送的邀请：{count} 个',
  },
  invitesWhy: {
    en: 'What became of the invites that you sent.',
    ja: '送った招待がどうなったかを確認できます。',
    zh: '查看您发出的邀请的状态。',
  },
  accountWhy: {
    en: 'Your name, language, address and password; where you are signed in, and what happened.',
    ja: '名前、言語、アドレス、パスワード、ログイン中の端末、アカウントの履歴。',
    zh: '姓名、语言、邮箱、密码，以及已登录的设备和账号动态。',
  },
  administer: { en: 'Administration', ja: '管理', zh: '管理' },
  administerWhy: {
    en: 'You are an administrator: invite people, and see who is here and what happens.',
    ja: '管理者として、招待の作成、メンバーと操作履歴の確認ができます。',
    zh: '您是管理员：可以邀请成员，查看成员和活动记录。',
  },
} as const satisfies Record<string, Text>;
