import type { Text } from '../locale.ts';

export const mailTexts = {
  subject: {
    en: 'Your invite to {app}',
    ja: '{app} への招待',
    zh: '{app} 邀请函',
  },
  intro: {
    en: '{name} invites you to {app}.',
    ja: '{name}さんから {app} への招待が届いています。',
    zh: '{name} 邀请您加入 {app}。',
  },
  words: {
    en: '{name} writes:',
    ja: '{name}さんからのメッセージ:',
    zh: '{name} 的留言：',
  },
  how: {
    en: 'Open this link and choose a username and a password to register:',
    ja: '次のリンクを開き、ユーザー名とパスワードを決めて登録してください。',
    zh: '请打开以下链接，设置用户名和密码完成注册：',
  },
  howOnDevice: {
    en: 'Open this link on the one device that you want to use, and choose a username and a password to register:',
    ja: '登録できる端末は1台だけです。使用する端末で次のリンクを開き、ユーザー名とパスワードを決めて登録してください。',
    zh: '只能注册一台设备。请在要使用的设备上打开以下链接，设置用户名和密码完成注册：',
  },
  howByPassphrase: {
    en: 'Open this link on the one device that you want to use, and type the pass phrase that you are told apart from this mail:',
    ja: '登録できる端末は1台だけです。使用する端末で次のリンクを開き、このメールとは別に伝えられる合言葉を入力して登録してください。',
    zh: '只能注册一台设备。请在要使用的设备上打开以下链接，输入在此邮件之外告知您的口令完成注册：',
  },
  button: { en: 'Register and start', ja: '登録して始める', zh: '注册并开始' },
  code: {
    en: 'Or type this code on {page}: {code}',
    ja: 'または {page} で次のコードを入力してください: {code}',
    zh: '或在 {page} 输入注册码：{code}',
  },
  until: {
    en: 'Link and code are good until {time}.',
    ja: 'リンクとコードの有効期限は {time} です。',
    zh: '链接和注册码的有效期至 {time}。',
  },
  linkUntil: {
    en: 'The link is good until {time}.',
    ja: 'リンクの有効期限は {time} です。',
    zh: '链接的有效期至 {time}。',
  },
  memberSubject: {
    en: 'You are registered at {app}',
    ja: '{app} には登録済みです',
    zh: '您已注册 {app}',
  },
  member: {
    en: 'Somebody asked for a new invite to {app} for this address. You are registered already: sign in with your username or this address.',
    ja: 'このアドレスへの {app} の招待の再送が依頼されましたが、既に登録済みです。ユーザー名またはこのアドレスでログインしてください。',
    zh: '有人为此邮箱申请重新发送 {app} 的邀请，但您已经注册。请使用用户名或此邮箱登录。',
  },
  signIn: { en: 'Sign in', ja: 'ログイン', zh: '登录' },
  stranger: {
    en: 'If you do not know what this is about, ignore this mail. Nothing happens without you.',
    ja: 'お心当たりがない場合は、このメールを無視してください。何も起こりません。',
    zh: '如果您不清楚此邮件的来由，请忽略它，不会发生任何事情。',
  },
} as const satisfies Record<string, Text>;
