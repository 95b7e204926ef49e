import type { FailureDetail } from '../errors/failure.ts';

/** The answer if there is no key to delete. */
export const noKey: FailureDetail = {
  title: { en: 'There is no such API key', ja: 'そのAPIキーはありません', zh: '没有这个 API 密钥' },
  explain: {
    en: 'It was deleted already, or never stored. List your keys, or load the page again, to see which there are.',
    ja: 'すでに削除されたか、登録されていません。キーの一覧を取得するか、ページを読み込み直して確認してください。',
    zh: '它已被删除，或从未登记。请列出您的密钥或重新加载页面查看。',
  },
};
