import type { Text } from '../locale.ts';

/** The texts of notices to an account's owner. */
export const noticeTexts = {
  deviceSubject: {
    en: 'New sign-in to {app}',
    ja: '{app} に新しい端末からログインがありました',
    zh: '{app} 有新设备登录',
  },
  passwordSubject: {
    en: 'Your password for {app} was changed',
    ja: '{app} のパスワードが変更されました',
    zh: '您的 {app} 密码已更改',
  },
  emailSubject: {
    en: 'Your email address at {app} was changed',
    ja: '{app} のメールアドレスが変更されました',
    zh: '您的 {app} 邮箱已更改',
  },
  sessionSubject: {
    en: 'A session of yours at {app} was used by two',
    ja: '{app} のセッションが2か所で使われました',
    zh: '您的 {app} 会话在两处被使用',
  },
  bindingSubject: {
    en: 'Your account at {app} is bound to no device for now',
    ja: '{app} のアカウントと端末の紐付けが一時的に解除されました',
    zh: '您的 {app} 账号暂时解除了设备绑定',
  },
  apiKeySubject: {
    en: 'Your {service} API key at {app} was changed',
    ja: '{app} に登録した{service}のAPIキーが変更されました',
    zh: '您在 {app} 登记的 {service} API 密钥已更改',
  },
  accountSubject: {
    en: 'Your account at {app} was deleted',
    ja: '{app} のアカウントが削除されました',
    zh: '您的 {app} 账号已删除',
  },
  sessionDone: {
    en: 'A session of your account at {app} was in use at two places at once, as if somebody had copied it. It was ended at both.',
    ja: '{app} のアカウントのセッションが、複製されたかのように2か所で同時に使われていました。両方で終了しました。',
    zh: '您的 {app} 账号的一个会话同时在两处被使用，可能已被复制。两处均已终止。',
  },
  bindingDone: {
    en: 'An administrator unbound your account at {app} from your device. All devices were signed out; the account is bound to the next one that signs in.',
    ja: '管理者が {app} のアカウントと端末の紐付けを解除しました。すべての端末がログアウトされ、次にログインした端末に紐付けられます。',
    zh: '管理员解除了您的 {app} 账号与设备的绑定。所有设备已退出登录，下一台登录的设备将与账号绑定。',
  },
  apiKeyDone: {
    en: 'The {service} API key of your account at {app} was replaced or deleted.',
    ja: '{app} のアカウントの{service}のAPIキーが置き換えられたか、削除されました。',
    zh: '您的 {app} 账号的 {service} API 密钥已被替换或删除。',
  },
  accountDone: {
    en: 'Your account at {app} was deleted, with its profile, password and API keys. All devices were signed out, and open invites that it had sent were withdrawn. The activity log, records of mails and backups go only later.',
    ja: '{app} のアカウントは、プロフィール、パスワード、APIキーとともに削除されました。すべての端末がログアウトされ、未使用の招待は取り消されました。操作履歴、メールの記録、バックアップは後から消去されます。',
    zh: '您的 {app} 账号及其个人资料、密码和 API 密钥已删除，所有设备均已退出登录，未使用的邀请已撤回。活动记录、邮件记录和备份将在稍后清除。',
  },
  deviceDone: {
    en: 'Somebody signed in to your account at {app} on a device that was not known before.',
    ja: 'これまでに使われていない端末から {app} のアカウントにログインがありました。',
    zh: '有人在一台新设备上登录了您的 {app} 账号。',
  },
  passwordDone: {
    en: 'The password of your account at {app} was changed. Other devices were signed out.',
    ja: '{app} のアカウントのパスワードが変更されました。他の端末はログアウトされました。',
    zh: '您的 {app} 账号密码已更改，其他设备已退出登录。',
  },
  emailDone: {
    en: 'Your account at {app} now has another email address.',
    ja: '{app} のアカウントのメールアドレスが変更されました。',
    zh: '您的 {app} 账号已更换邮箱。',
  },
  keySubject: {
    en: 'Your {service} API key at {app} expires soon',
    ja: '{app} に登録した{service}のAPIキーの有効期限が近づいています',
    zh: '您在 {app} 登记的 {service} API 密钥即将过期',
  },
  keyExpires: {
    en: 'Your {service} API key at {app} expires on {time}. From then on it is not used any more.',
    ja: '{app} に登録した{service}のAPIキーの有効期限は {time} です。それ以降は使用されません。',
    zh: '您在 {app} 登记的 {service} API 密钥将于 {time} 过期，此后不再使用。',
  },
  keyRenewal: {
    en: 'Renew it on the page of your API keys; you need not type the key again:',
    ja: 'APIキーのページで更新できます。キーを入力し直す必要はありません。',
    zh: '请在 API 密钥页面续期，无需重新输入密钥：',
  },
  keysOpen: { en: 'Open my API keys', ja: 'APIキーのページを開く', zh: '打开 API 密钥页面' },
  keyNoMore: {
    en: 'If you no longer need it, there is nothing to do.',
    ja: '不要になった場合は、何もする必要はありません。',
    zh: '如果不再需要，则无需处理。',
  },
  noticeTime: { en: 'Time: {time}', ja: '日時: {time}', zh: '时间：{time}' },
  noticeDevice: {
    en: 'Device, as it calls itself: {device}',
    ja: '端末（自己申告）: {device}',
    zh: '设备（自称）：{device}',
  },
  noticeAddress: { en: 'Network: {address}', ja: 'ネットワーク: {address}', zh: '网络：{address}' },
  noticeMine: {
    en: 'If it was you, there is nothing to do.',
    ja: 'ご自身で行った場合は、何もする必要はありません。',
    zh: '如果是您本人操作，则无需处理。',
  },
  noticeStranger: {
    en: 'If it was not you, set a new password at once. That signs everybody else out:',
    ja: 'お心当たりがない場合は、すぐに新しいパスワードを設定してください。他の端末はすべてログアウトされます。',
    zh: '如果不是您本人操作，请立即设置新密码，这会让所有其他设备退出登录：',
  },
  bindingMine: {
    en: 'If you asked for it, sign in on the device that you want to use.',
    ja: 'ご自身で依頼した場合は、今後使う端末でログインしてください。',
    zh: '如果是您要求的，请在今后要使用的设备上登录。',
  },
  bindingStranger: {
    en: 'If you did not ask for it, ask an administrator why, and set a new password at once:',
    ja: '依頼した覚えがない場合は、管理者に確認し、すぐに新しいパスワードを設定してください。',
    zh: '如果不是您要求的，请向管理员确认，并立即设置新密码：',
  },
  emailStranger: {
    en: 'If it was not you, sign in with your username, change the password and set your address again. If you cannot sign in, ask an administrator.',
    ja: 'お心当たりがない場合は、ユーザー名でログインし、パスワードを変更して、アドレスを設定し直してください。ログインできないときは管理者に連絡してください。',
    zh: '如果不是您本人操作，请使用用户名登录，更改密码并重新设置邮箱。如果无法登录，请联系管理员。',
  },
  accountStranger: {
    en: 'If it was not you, tell whoever runs {app}: it cannot be undone, but they can invite you anew and find out what happened.',
    ja: 'お心当たりがない場合は、{app} の管理者に連絡してください。元に戻すことはできませんが、改めて招待を受け、経緯を調べてもらえます。',
    zh: '如果不是您本人操作，请联系 {app} 的管理员：删除无法撤销，但可以重新邀请您并查明情况。',
  },
  noticeApp: { en: 'To {app}', ja: '{app} へ', zh: '前往 {app}' },
  noticeReset: { en: 'Set a new password', ja: '新しいパスワードを設定', zh: '设置新密码' },
  noticeAccount: { en: 'Open my account', ja: 'アカウントを開く', zh: '打开我的账号' },
} as const satisfies Record<string, Text>;
