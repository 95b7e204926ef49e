import type { Text } from '#shared/locale.ts';

/** Words that every page of a signed-in person shares. */
export const deskTexts = {
  loading: { en: 'Loading…', ja: '読み込み中…', zh: '加载中…' },
  notLoaded: {
    en: 'This could not be loaded',
    ja: '読み込めませんでした',
    zh: '加载失败',
  },
  checkConnection: {
    en: 'Check your connection and try again.',
    ja: '接続を確認して、もう一度お試しください。',
    zh: '请检查网络后重试。',
  },
  retry: { en: 'Try again', ja: '再試行', zh: '重试' },
  notDone: { en: 'That did not work', ja: '処理できませんでした', zh: '操作未成功' },
  signIn: { en: 'Sign in', ja: 'ログイン', zh: '登录' },
  signInAgain: { en: 'Sign in once more', ja: 'もう一度ログインする', zh: '再次登录' },
  shown: { en: '{count} shown', ja: '{count}件を表示', zh: '显示 {count} 条' },
  more: { en: 'More', ja: 'さらに表示', zh: '更多' },
  search: { en: 'Search', ja: '検索', zh: '搜索' },
  all: { en: 'All', ja: 'すべて', zh: '全部' },
  clear: { en: 'Clear filters', ja: '絞り込みを解除', zh: '清除筛选' },
  exportCsv: { en: 'Export as CSV', ja: 'CSVで書き出す', zh: '导出 CSV' },
  exportedPart: {
    en: 'The file holds the newest lines, and there are more. Choose fewer by a filter.',
    ja: 'ファイルには新しい記録のみが含まれ、続きがあります。絞り込んで書き出してください。',
    zh: '文件仅含最新的记录，还有更多。请筛选后再导出。',
  },
  notCopied: {
    en: 'The browser does not let this page copy',
    ja: 'ブラウザーがコピーを許可していません',
    zh: '浏览器不允许此页面复制',
  },
  cancel: { en: 'Cancel', ja: 'キャンセル', zh: '取消' },
  copy: { en: 'Copy', ja: 'コピー', zh: '复制' },
  copied: { en: 'Copied', ja: 'コピーしました', zh: '已复制' },
  asTable: { en: 'As a table', ja: '表で見る', zh: '以表格查看' },
  inAll: { en: '{count} in all', ja: '合計 {count}', zh: '共 {count}' },
  chart: {
    en: '{name}: {count} in all, at most {most}. The table below has each number.',
    ja: '{name}: 合計 {count}、最大 {most}。それぞれの数値は下の表にあります。',
    zh: '{name}：共 {count}，最高 {most}。各项数值见下方表格。',
  },
} as const satisfies Record<string, Text>;
