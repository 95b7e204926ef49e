import type { Text } from '#shared/locale.ts';

/** How people's programs call the relay. */
export const relayTexts = {
  programs: { en: 'Use your keys in programs', ja: 'プログラムからの利用', zh: '在程序中使用密钥' },
  relayHint: {
    en: 'Your programs call this address instead of the provider, with an access token instead of the key. The provider alone is given the key.',
    ja: 'プログラムからは、プロバイダーの代わりに次のアドレスを、キーの代わりにアクセストークンを使って呼び出します。キーはプロバイダー以外には渡されません。',
    zh: '程序调用以下地址而不是服务商，并使用访问令牌代替密钥。密钥只会交给服务商。',
  },
  relayAddress: { en: 'Address', ja: 'アドレス', zh: '地址' },
  noRelay: {
    en: 'This site relays no calls.',
    ja: 'このシステムには中継機能がありません。',
    zh: '本系统不提供转发。',
  },
  tokenStep: {
    en: '1. Get an access token. It is good for ten minutes.',
    ja: '1. アクセストークンを取得します（有効期間は10分）。',
    zh: '1. 获取访问令牌（有效期十分钟）。',
  },
  callStep: {
    en: '2. Call the provider through the relay.',
    ja: '2. 中継を通してプロバイダーを呼び出します。',
    zh: '2. 通过转发地址调用服务商。',
  },
  client: { en: 'Client', ja: 'クライアント', zh: '客户端' },
  ofService: { en: 'Service', ja: 'サービス', zh: '服务' },
  copyOf: { en: 'Copy: {name}', ja: 'コピー: {name}', zh: '复制：{name}' },
} as const satisfies Record<string, Text>;
