import type { Text } from './locale.ts';

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
  how: {
    en: 'Open this link and choose a username and a password to register:',
    ja: '次のリンクを開き、ユーザー名とパスワードを決めて登録してください。',
    zh: '请打开以下链接，设置用户名和密码完成注册：',
  },
  button: { en: 'Register and start', ja: '登録して始める', zh: '注册并开始' },
  until: {
    en: 'The link is good until {time} (UTC).',
    ja: 'リンクの有効期限は {time}(UTC)です。',
    zh: '链接有效期至 {time}（UTC）。',
  },
  stranger: {
    en: 'If you do not know what this is about, ignore this mail. Nothing happens without you.',
    ja: 'お心当たりがない場合は、このメールを無視してください。何も起こりません。',
    zh: '如果您不清楚此邮件的来由，请忽略它，不会发生任何事情。',
  },
} as const satisfies Record<string, Text>;
