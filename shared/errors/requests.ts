import type { Text } from '../locale.ts';
import type { ErrorEntry } from './entry.ts';

const nothingLost: Text = {
  en: 'Nothing was lost. Try again in a moment.',
  ja: '何も失われていません。少し待ってからもう一度お試しください。',
  zh: '没有丢失任何内容。请稍候重试。',
};

/** Errors that any request can meet, whatever it asks for. */
export const requestErrors = {
  malformed: {
    status: 400,
    title: { en: 'The request could not be read', ja: 'リクエストを読み取れません', zh: '无法读取请求' },
    detail: {
      en: 'Send a complete JSON object, or submit the form again.',
      ja: '正しいJSONオブジェクトを送信するか、フォームをもう一度送信してください。',
      zh: '请发送完整的 JSON 对象，或重新提交表单。',
    },
    onPage: {
      en: 'Go back and send the form again.',
      ja: '戻って、フォームをもう一度送信してください。',
      zh: '请返回并重新提交表单。',
    },
  },
  not_found: {
    status: 404,
    title: { en: 'There is nothing here', ja: '見つかりません', zh: '找不到内容' },
    detail: {
      en: 'Check the address and the method, or start from the first page.',
      ja: 'アドレスとメソッドを確認するか、最初のページからやり直してください。',
      zh: '请检查地址和请求方法，或从首页开始。',
    },
    onPage: {
      en: 'Check the address, or start from the first page.',
      ja: 'アドレスを確認するか、最初のページからやり直してください。',
      zh: '请检查地址，或从首页开始。',
    },
  },
  conflict: {
    status: 409,
    title: {
      en: 'Somebody changed this at the same time',
      ja: '同時に変更が行われました',
      zh: '内容同时被他人修改',
    },
    detail: {
      en: 'Load it again and repeat what you wanted to do.',
      ja: '読み込み直してから、もう一度操作してください。',
      zh: '请重新加载后再操作一次。',
    },
  },
  too_large: {
    status: 413,
    title: { en: 'The request is too large', ja: 'リクエストが大きすぎます', zh: '请求过大' },
    detail: {
      en: 'Send at most {kibibytes} KiB.',
      ja: '{kibibytes} KiB 以内で送信してください。',
      zh: '请发送不超过 {kibibytes} KiB 的内容。',
    },
  },
  unsupported_media_type: {
    status: 415,
    title: {
      en: 'This content type is not accepted',
      ja: 'この形式は受け付けられません',
      zh: '不支持此内容类型',
    },
    detail: {
      en: 'Send the body as application/json.',
      ja: '本文は application/json で送信してください。',
      zh: '请以 application/json 发送正文。',
    },
    onPage: {
      en: 'Send the form from its page.',
      ja: 'フォームのページから送信してください。',
      zh: '请从表单页面提交。',
    },
  },
  invalid: {
    status: 422,
    title: {
      en: 'Some fields need your attention',
      ja: '入力内容を確認してください',
      zh: '请检查填写的内容',
    },
    detail: {
      en: 'Correct the fields that are named and send the request again.',
      ja: '示された項目を直して、もう一度送信してください。',
      zh: '请修改所列字段后重新提交。',
    },
    onPage: {
      en: 'Correct what is named here and send it again.',
      ja: '次の項目を直して、もう一度送信してください。',
      zh: '请修改以下内容后重新提交。',
    },
  },
  rate_limited: {
    status: 429,
    title: { en: 'Too many requests', ja: 'リクエストが多すぎます', zh: '请求过于频繁' },
    detail: {
      en: 'At most {limit} {limit|is|are} allowed in {window}. Try again in {wait}.',
      ja: '{window}に{limit}回までです。{wait}後にもう一度お試しください。',
      zh: '{window}内最多 {limit} 次。请在{wait}后重试。',
    },
  },
  internal: {
    status: 500,
    title: {
      en: 'Something went wrong on our side',
      ja: 'サーバーでエラーが発生しました',
      zh: '服务器出现错误',
    },
    detail: {
      en: 'It was recorded. Try again later, and name the request id if you ask for help.',
      ja: '記録されました。しばらくしてからもう一度お試しください。お問い合わせの際はリクエストIDをお知らせください。',
      zh: '已记录此问题。请稍后重试；求助时请提供请求编号。',
    },
  },
  store_unavailable: {
    status: 503,
    title: { en: 'The store cannot be reached', ja: 'データストアに接続できません', zh: '无法连接数据存储' },
    detail: nothingLost,
  },
  keys_unavailable: {
    status: 503,
    title: {
      en: 'The key service cannot be reached',
      ja: '鍵サービスに接続できません',
      zh: '无法连接密钥服务',
    },
    detail: nothingLost,
  },
  busy: {
    status: 503,
    title: { en: 'Too much is happening at once', ja: '現在混み合っています', zh: '当前请求过多' },
    detail: nothingLost,
  },
} as const satisfies Record<string, ErrorEntry>;
