import type { Text } from '#shared/locale.ts';

/** What users read about their own invites. */
export const ownInviteTexts = {
  left: {
    en: 'Invites that you can still send: {count}',
    ja: '送信できる招待の残り: {count}件',
    zh: '剩余可发送的邀请：{count} 个',
  },
  noneLeft: {
    en: 'You have no invites to send. An administrator can grant you some.',
    ja: '送信できる招待はありません。管理者に追加を依頼できます。',
    zh: '您没有可发送的邀请。可请管理员为您增加。',
  },
  noneNeeded: {
    en: 'Administrators need none of these: you can invite as many people as you like.',
    ja: '管理者は専用のページから、件数の割り当てなしに招待できます。',
    zh: '您是管理员，无需名额，可在专用页面邀请成员。',
  },
  email: { en: 'Email address', ja: 'メールアドレス', zh: '邮箱' },
  invite: { en: 'Send the invite', ja: '招待を送信', zh: '发送邀请' },
  sentTo: {
    en: 'The invite for {email} is on its way.',
    ja: '{email} への招待を送信しています。',
    zh: '发给 {email} 的邀请正在发送。',
  },
  noMail: {
    en: 'This site sends no mail, so only administrators can invite.',
    ja: 'このシステムはメールを送信しないため、招待できるのは管理者だけです。',
    zh: '本系统不发送邮件，只有管理员可以邀请。',
  },
  list: { en: 'My invites', ja: '自分の招待', zh: '我的邀请' },
  empty: {
    en: 'You have invited nobody yet.',
    ja: 'まだ誰も招待していません。',
    zh: '您还没有邀请任何人。',
  },
  who: { en: 'Invited', ja: '招待した相手', zh: '受邀人' },
  anybody: { en: 'Anybody with the link', ja: 'リンクを知っている人', zh: '持有链接的任何人' },
  status: { en: 'Status', ja: '状態', zh: '状态' },
  delivery: { en: 'Mail', ja: 'メール', zh: '邮件' },
  made: { en: 'Made', ja: '作成日時', zh: '创建时间' },
  expires: { en: 'Good until', ja: '有効期限', zh: '有效期至' },
} as const satisfies Record<string, Text>;
