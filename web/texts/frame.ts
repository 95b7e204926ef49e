import type { Text } from '#shared/locale.ts';

/** The frame around the pages of signed-in people. */
export const frameTexts = {
  sections: { en: 'My pages', ja: 'マイページ', zh: '我的页面' },
  administration: { en: 'Administration', ja: '管理', zh: '管理' },
  home: { en: 'Home', ja: 'ホーム', zh: '首页' },
  account: { en: 'Account', ja: 'アカウント', zh: '账号' },
  keys: { en: 'API keys', ja: 'APIキー', zh: 'API 密钥' },
  ownInvites: { en: 'My invites', ja: '自分の招待', zh: '我的邀请' },
  overview: { en: 'Overview', ja: '概要', zh: '概览' },
  invites: { en: 'Invites', ja: '招待', zh: '邀请' },
  people: { en: 'People', ja: 'メンバー', zh: '成员' },
  activity: { en: 'Activity', ja: '操作履歴', zh: '活动记录' },
  settingsPage: { en: 'Settings', ja: '設定', zh: '设置' },
} as const satisfies Record<string, Text>;
