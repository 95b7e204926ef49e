import type { Text } from '#shared/locale.ts';

/** Links of invites, to be copied, printed, or shown as QR codes. */
export const inviteLinkTexts = {
  link: { en: 'Link', ja: 'リンク', zh: '链接' },
  links: { en: 'Links', ja: 'リンク', zh: '链接' },
  code: { en: 'Code', ja: 'コード', zh: '注册码' },
  copyOf: { en: 'Copy link: {who}', ja: 'リンクをコピー: {who}', zh: '复制链接：{who}' },
  copyLink: { en: 'Copy link', ja: 'リンクをコピー', zh: '复制链接' },
  copyAll: { en: 'Copy all links', ja: 'すべてのリンクをコピー', zh: '复制全部链接' },
  linksCsv: { en: 'Links as CSV', ja: 'リンクをCSVで保存', zh: '导出链接 CSV' },
  sheet: { en: 'Sheet with QR codes', ja: 'QRコードの一覧', zh: '二维码列表' },
  hideSheet: { en: 'Hide QR codes', ja: 'QRコードを隠す', zh: '隐藏二维码' },
  print: { en: 'Print', ja: '印刷', zh: '打印' },
  qrOf: { en: 'QR code of the link: {who}', ja: 'リンクのQRコード: {who}', zh: '链接二维码：{who}' },
} as const satisfies Record<string, Text>;
