import type { Text } from '#shared/locale.ts';

/** The apps that a user has signed in to: on the account page, and on the page of a person. */
export const usedAppTexts = {
  appsUsed: { en: 'Apps', ja: 'アプリ', zh: '应用' },
  app: { en: 'App', ja: 'アプリ', zh: '应用' },
  firstSignIn: { en: 'First sign-in', ja: '初回ログイン', zh: '首次登录' },
  lastSignIn: { en: 'Last sign-in', ja: '最終ログイン', zh: '最近登录' },
  noAppsUsed: {
    en: 'Signed in to no app yet.',
    ja: 'ログインしたアプリはまだありません。',
    zh: '尚未登录任何应用。',
  },
} as const satisfies Record<string, Text>;
