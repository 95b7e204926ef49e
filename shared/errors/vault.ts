import type { ErrorEntry } from './entry.ts';

/** Errors of API keys and of their use. `{service}` is the provider's name as people know it. */
export const vaultErrors = {
  key_missing: {
    status: 422,
    title: {
      en: 'No API key is stored',
      ja: 'APIキーが登録されていません',
      zh: '尚未登记 API 密钥',
    },
    detail: {
      en: 'Store your {service} API key first.',
      ja: '先に{service}のAPIキーを登録してください。',
      zh: '请先登记您的 {service} API 密钥。',
    },
  },
  key_inactive: {
    status: 422,
    title: {
      en: 'The API key is switched off',
      ja: 'APIキーは無効になっています',
      zh: 'API 密钥已停用',
    },
    detail: {
      en: 'Switch your {service} API key on again.',
      ja: '{service}のAPIキーをもう一度有効にしてください。',
      zh: '请重新启用您的 {service} API 密钥。',
    },
  },
  key_expired: {
    status: 422,
    title: {
      en: 'The API key has expired',
      ja: 'APIキーの有効期限が切れています',
      zh: 'API 密钥已过期',
    },
    detail: {
      en: 'Renew your {service} API key; you need not type it again.',
      ja: '{service}のAPIキーを更新してください。入力し直す必要はありません。',
      zh: '请为您的 {service} API 密钥续期，无需重新输入。',
    },
  },
  key_unreadable: {
    status: 409,
    title: {
      en: 'The stored API key cannot be read',
      ja: '登録されたAPIキーを読み取れません',
      zh: '无法读取已登记的 API 密钥',
    },
    detail: {
      en: 'It was not used. Store your {service} API key again.',
      ja: 'このキーは使用されていません。{service}のAPIキーを登録し直してください。',
      zh: '该密钥未被使用。请重新登记您的 {service} API 密钥。',
    },
  },
  unsupported_encoding: {
    status: 415,
    title: {
      en: 'This encoding is not accepted',
      ja: 'このエンコードは受け付けられません',
      zh: '不支持此编码',
    },
    detail: {
      en: 'Send the body uncompressed, and text in UTF-8.',
      ja: '本文は圧縮せず、テキストは UTF-8 で送信してください。',
      zh: '请不要压缩正文，文本请使用 UTF-8 编码。',
    },
  },
  provider_unreachable: {
    status: 502,
    title: {
      en: '{service} cannot be reached',
      ja: '{service}に接続できません',
      zh: '无法连接 {service}',
    },
    detail: {
      en: 'It was not reached, or what it answered could not be read. Try again in a moment.',
      ja: '接続できないか、応答を読み取れませんでした。少し待ってからもう一度お試しください。',
      zh: '未能连接，或其响应无法读取。请稍候重试。',
    },
  },
  provider_silent: {
    status: 504,
    title: {
      en: '{service} did not answer in time',
      ja: '{service}から時間内に応答がありませんでした',
      zh: '{service} 未在限定时间内响应',
    },
    detail: {
      en: 'Nothing came for {silence}. Try again, and ask for a streamed or a shorter answer. The same question again is not counted twice.',
      ja: '{silence}の間、応答がありませんでした。ストリーミングまたは短い回答でもう一度お試しください。同じ質問が二重に数えられることはありません。',
      zh: '{silence}内没有任何响应。请重试，并改用流式或更短的回答。同一问题不会重复计数。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
