import type { Text } from '#shared/locale.ts';

/** Says who gets a mail or a link, before anything is sent. */
export const previewTexts = {
  preview: { en: 'Preview', ja: 'プレビュー', zh: '预览' },
  previewed: { en: 'Nothing is sent yet', ja: 'まだ送信していません', zh: '尚未发送' },
  willMail: {
    en: '{count} {count|gets|get} a mail',
    ja: '{count}人にメールを送信',
    zh: '{count} 人将收到邮件',
  },
  willLink: {
    en: '{count} {count|gets|get} a link',
    ja: '{count}人分のリンクを作成',
    zh: '将为 {count} 人生成链接',
  },
  willNot: { en: '{count} {count|gets|get} none', ja: '{count}件は対象外', zh: '{count} 条不处理' },
  repeats: {
    en: '{count} named twice, counted once',
    ja: '{count}件の重複は1回として数えています',
    zh: '{count} 条重复，只计一次',
  },
  admins: {
    en: 'Administrators among them: {count}.',
    ja: 'うち管理者: {count}人。',
    zh: '其中管理员：{count} 人。',
  },
  whoGets: { en: 'Who gets it', ja: '送信先', zh: '发送对象' },
  whoGetsNot: { en: 'Who gets none, and why', ja: '対象外とその理由', zh: '不处理的条目及原因' },
  address: { en: 'Address', ja: 'アドレス', zh: '邮箱' },
  why: { en: 'Why', ja: '理由', zh: '原因' },
  mailPreview: { en: 'The mail', ja: 'メール', zh: '邮件' },
  from: { en: 'From', ja: '差出人', zh: '发件人' },
  subject: { en: 'Subject', ja: '件名', zh: '主题' },
  sendMails: {
    en: 'Send {count} {count|mail|mails}',
    ja: '{count}件のメールを送信',
    zh: '发送 {count} 封邮件',
  },
  makeLinks: {
    en: 'Make {count} {count|link|links}',
    ja: '{count}件のリンクを作成',
    zh: '生成 {count} 个链接',
  },
} as const satisfies Record<string, Text>;
