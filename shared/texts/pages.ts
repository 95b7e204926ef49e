import type { Text } from './locale.ts';

export const pageTexts = {
  signIn: { en: 'Sign in', ja: 'ログイン', zh: '登录' },
  signOut: { en: 'Sign out', ja: 'ログアウト', zh: '退出登录' },
  register: { en: 'Register and start', ja: '登録して始める', zh: '注册并开始' },
  registerTitle: { en: 'Register', ja: '新規登録', zh: '注册' },
  invitedBy: { en: '{name} invites you.', ja: '{name}さんからの招待です。', zh: '{name} 邀请您加入。' },
  goodUntil: {
    en: 'The invite is good until {time} (UTC).',
    ja: 'この招待は {time}(UTC)まで有効です。',
    zh: '此邀请有效期至 {time}（UTC）。',
  },
  goodWithoutEnd: { en: 'The invite is good.', ja: 'この招待は有効です。', zh: '此邀请有效。' },
  noInvite: {
    en: 'Registration needs an invite',
    ja: '登録には招待が必要です',
    zh: '注册需要邀请',
  },
  openLinkAgain: {
    en: 'Open the link of your invite again. This site needs cookies to remember it.',
    ja: '招待リンクをもう一度開いてください。招待を覚えておくためにCookieを使用します。',
    zh: '请重新打开邀请链接。本站需要使用 Cookie 记住邀请。',
  },
  email: { en: 'Email address', ja: 'メールアドレス', zh: '邮箱' },
  emailBound: {
    en: 'The invite is for {email}.',
    ja: 'この招待は {email} 宛てです。',
    zh: '此邀请属于 {email}。',
  },
  username: { en: 'Username', ja: 'ユーザー名', zh: '用户名' },
  usernameHint: {
    en: '3 to 32 lower-case letters and digits',
    ja: '半角英小文字と数字で3〜32文字',
    zh: '3–32 个小写英文字母和数字',
  },
  password: { en: 'Password', ja: 'パスワード', zh: '密码' },
  show: { en: 'Show', ja: '表示', zh: '显示' },
  passwordRepeat: { en: 'Password again', ja: 'パスワード(確認)', zh: '再次输入密码' },
  passwordHint: {
    en: 'At least {min} characters',
    ja: '{min}文字以上',
    zh: '至少 {min} 个字符',
  },
  firstName: { en: 'First name (optional)', ja: '名(任意)', zh: '名（可选）' },
  lastName: { en: 'Last name (optional)', ja: '姓(任意)', zh: '姓（可选）' },
  login: { en: 'Email address or username', ja: 'メールアドレスまたはユーザー名', zh: '邮箱或用户名' },
  haveAccount: { en: 'Already registered? Sign in', ja: '登録済みの方はログイン', zh: '已有账号？请登录' },
  onlyInvited: {
    en: 'New here? Registration needs an invite link.',
    ja: '初めての方は招待リンクから登録してください。',
    zh: '新用户请通过邀请链接注册。',
  },
  signedInAs: { en: 'You are signed in as', ja: 'ログイン中:', zh: '当前登录：' },
  toApp: { en: 'Go to the app', ja: 'アプリへ進む', zh: '进入应用' },
  unverified: { en: 'not confirmed', ja: '未確認', zh: '未验证' },
  administrator: { en: 'Administrator', ja: '管理者', zh: '管理员' },
  requestId: { en: 'Request', ja: 'リクエスト', zh: '请求编号' },
} as const satisfies Record<string, Text>;
