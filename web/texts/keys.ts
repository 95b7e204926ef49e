import type { Text } from '#shared/locale.ts';

/** The texts about users' API keys and the rest of their limits. */
export const keyTexts = {
  keys: { en: 'API keys', ja: 'APIキー', zh: 'API 密钥' },
  verifyFirst: {
    en: 'API keys can be stored once your email address is confirmed.',
    ja: 'APIキーは、メールアドレスの確認後に登録できます。',
    zh: '验证邮箱后即可登记 API 密钥。',
  },
  active: { en: 'Active', ja: '有効', zh: '有效' },
  inactive: { en: 'Switched off', ja: '無効', zh: '已停用' },
  expired: { en: 'Expired', ja: '期限切れ', zh: '已过期' },
  until: { en: 'Good until {time}', ja: '有効期限 {time}', zh: '有效期至 {time}' },
  lastUse: { en: 'Last used {time}', ja: '最終利用 {time}', zh: '最近使用 {time}' },
  renewed: { en: 'The API key is renewed', ja: 'APIキーの有効期限を延長しました', zh: 'API 密钥已续期' },
  switchOff: { en: 'Switch off', ja: '無効にする', zh: '停用' },
  switchedOff: {
    en: 'The API key is switched off and is not used any more',
    ja: 'APIキーを無効にしました。今後は使用されません',
    zh: 'API 密钥已停用，不再使用',
  },
  switchOn: { en: 'Switch on', ja: '有効にする', zh: '启用' },
  switchedOn: { en: 'The API key is switched on', ja: 'APIキーを有効にしました', zh: 'API 密钥已启用' },
  delete: { en: 'Delete', ja: '削除する', zh: '删除' },
  deleteSure: {
    en: 'Delete your {service} API key? It cannot be brought back.',
    ja: '{service}のAPIキーを削除しますか？元に戻すことはできません。',
    zh: '要删除您的 {service} API 密钥吗？删除后无法恢复。',
  },
  deleted: { en: 'The API key is deleted', ja: 'APIキーを削除しました', zh: 'API 密钥已删除' },
  enter: { en: 'Store a key', ja: '登録する', zh: '登记' },
  uses: { en: 'What it was used for', ja: '利用履歴', zh: '使用记录' },
  unused: { en: 'Not used yet', ja: 'まだ使用されていません', zh: '尚未使用' },
  put: { en: 'Store or replace a key', ja: 'APIキーの登録・更新', zh: '登记或更换密钥' },
  service: { en: 'Service', ja: 'サービス', zh: '服务' },
  key: { en: 'API key', ja: 'APIキー', zh: 'API 密钥' },
  keyHint: {
    en: 'At least {min} characters. It is stored encrypted, for {days} days; only its end is ever shown again.',
    ja: '{min}文字以上。暗号化して保存され、以後は末尾だけが表示されます。有効期間は{days}日です。',
    zh: '至少 {min} 个字符。密钥将加密保存，之后只显示末尾几位。有效期为 {days} 天。',
  },
  check: {
    en: 'Ask {service} whether it accepts the key',
    ja: 'このキーが使えるか{service}に確認する',
    zh: '向 {service} 确认此密钥可用',
  },
  save: { en: 'Store the key', ja: 'APIキーを保存する', zh: '保存密钥' },
  saved: { en: 'The API key is updated', ja: 'APIキーを更新しました', zh: 'API 密钥已更新' },
  quota: { en: 'Used so far', ja: '利用状況', zh: '使用情况' },
  requests: {
    en: 'Requests within {hours} hours',
    ja: 'リクエスト({hours}時間)',
    zh: '请求（{hours} 小时内）',
  },
  questions: { en: 'Questions today (UTC)', ja: '質問(1日、UTC)', zh: '今日提问（UTC）' },
  used: { en: '{used} of {limit}', ja: '{limit}回中{used}回', zh: '已用 {used}/{limit} 次' },
  resets: { en: 'Counted anew from {time}', ja: '{time}にリセット', zh: '{time} 重置' },
} as const satisfies Record<string, Text>;
