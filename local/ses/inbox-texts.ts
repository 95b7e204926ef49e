import type { Text } from '#shared/locale.ts';

export const inboxTexts = {
  inbox: { en: 'Inbox', ja: '受信箱', zh: '收件箱' },
  empty: {
    en: 'No mail yet. What the app sends appears here by itself.',
    ja: 'メールはまだありません。アプリが送信したメールは自動的に表示されます。',
    zh: '还没有邮件。应用发送的邮件会自动显示在这里。',
  },
  newest: {
    en: 'The newest {shown} of {count} mails',
    ja: '{count}通のうち新しい{shown}通',
    zh: '共 {count} 封，显示最新 {shown} 封',
  },
  count: { en: 'Mails: {count}', ja: 'メール: {count}通', zh: '邮件：{count} 封' },
  noSubject: { en: '(no subject)', ja: '（件名なし）', zh: '（无主题）' },
  html: { en: 'HTML', ja: 'HTML', zh: 'HTML' },
  frame: { en: 'The mail as HTML', ja: 'HTML形式のメール', zh: 'HTML 格式的邮件' },
  alone: { en: 'HTML alone', ja: 'HTMLだけを表示', zh: '仅显示 HTML' },
  text: { en: 'Text', ja: 'テキスト', zh: '纯文本' },
  from: { en: 'From', ja: '差出人', zh: '发件人' },
  to: { en: 'To', ja: '宛先', zh: '收件人' },
  sent: { en: 'Sent', ja: '送信日時', zh: '发送时间' },
  delivery: { en: 'Delivery', ja: '配信', zh: '投递' },
  delivered: { en: 'delivered', ja: '配信済み', zh: '已投递' },
  bounced: { en: 'bounced', ja: '配信不能', zh: '被退回' },
  complained: { en: 'marked as spam', ja: '迷惑メール報告', zh: '被标为垃圾邮件' },
} as const satisfies Record<string, Text>;
