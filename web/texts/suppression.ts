import type { Text } from '#shared/locale.ts';

/** How to let mail go out again to an address that is held back. */
export const suppressionTexts = {
  lift: { en: 'Let mail go out again', ja: 'メールの送信を再開する', zh: '恢复发送邮件' },
  liftHint: {
    en: 'An address whose mail came back, or that marked it as spam, gets no more mail until you say why it will arrive now.',
    ja: 'メールが戻った、または迷惑メールとして報告したアドレスには、再開の理由を記録するまで送信しません。',
    zh: '邮件被退回或被标记为垃圾邮件的邮箱不再收到邮件，直到您说明恢复的理由。',
  },
  liftEmail: { en: 'Address to write to again', ja: '再開するアドレス', zh: '要恢复的邮箱' },
  liftReason: {
    en: 'Reason (kept in the audit trail)',
    ja: '理由（監査ログに残ります）',
    zh: '理由（保留在审计记录中）',
  },
  lifted: {
    en: 'Mail goes out again. Give invites that were not delivered a new link.',
    ja: '送信を再開しました。届かなかった招待は再発行してください。',
    zh: '已恢复发送。请为未送达的邀请重新生成链接。',
  },
} as const satisfies Record<string, Text>;
