import type { InviteStatus } from '#shared/invites/states.ts';
import type { Text } from '#shared/locale.ts';
import type { Delivery } from '#shared/mail/delivery.ts';

/** The state of an invite and of its mail. */
export const inviteStateTexts = {
  active: { en: 'Open', ja: '未使用', zh: '未使用' },
  used: { en: 'Used', ja: '使用済み', zh: '已使用' },
  expired: { en: 'Expired', ja: '期限切れ', zh: '已过期' },
  revoked: { en: 'Withdrawn', ja: '取り消し済み', zh: '已撤销' },
  pending: { en: 'Mail is on its way', ja: 'メール送信待ち', zh: '邮件待发送' },
  sent: { en: 'Mail sent', ja: 'メール送信済み', zh: '邮件已发送' },
  delivered: { en: 'Mail delivered', ja: 'メール配信済み', zh: '邮件已送达' },
  bounced: { en: 'Mail came back', ja: 'メールが戻りました', zh: '邮件被退回' },
  complained: { en: 'Marked as spam', ja: '迷惑メール報告', zh: '被标记为垃圾邮件' },
  failed: { en: 'Mail not sent', ja: 'メールを送信できませんでした', zh: '邮件发送失败' },
} as const satisfies Record<InviteStatus | Delivery, Text>;
