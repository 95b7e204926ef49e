import type { Services } from '../deployment/services.ts';
import type { FailureDetail } from '../errors/failure.ts';
import type { Text } from '../locale.ts';

export const relayRefusalTexts = {
  notRelayed: {
    en: 'Check the method and the path. What is relayed: {calls}.',
    ja: 'メソッドとパスを確認してください。中継できる呼び出し: {calls}。',
    zh: '请检查请求方法和路径。可转发的调用：{calls}。',
  },
  relayToken: {
    en: 'In place of the API key belongs an access token for the audience “relay”, which is good for ten minutes. Get a new one.',
    ja: 'APIキーの代わりに、audience が「relay」のアクセストークンを送ってください。有効期間は10分です。新しいものを取得してください。',
    zh: '请用 audience 为“relay”的访问令牌代替 API 密钥，其有效期为 10 分钟。请获取新的令牌。',
  },
  brokenOff: {
    en: 'The answer of {service} broke off. It had begun, so it counts: asked again, it is another call.',
    ja: '{service}の応答が途中で途切れました。応答は始まっていたため1回と数えられます。もう一度呼び出すと、別の1回になります。',
    zh: '{service} 的响应中途中断。由于响应已经开始，本次调用计入次数；再次调用将另计一次。',
  },
} as const satisfies Record<string, Text>;

/** `POST /v1/messages` as callers of the relay write it: `POST /claude/v1/messages`. A path without a method takes GET and POST. */
const callBelow = (name: string, call: string): string =>
  call.startsWith('/') ? `GET, POST /${name}${call}` : call.replace(' ', ` /${name}`);

/** The detail of the relay's 404: the calls that are relayed, of the called service or of all. */
export const notRelayed = (services: Services): FailureDetail => ({
  explain: relayRefusalTexts.notRelayed,
  values: {
    calls: Object.entries(services)
      .flatMap(([name, { questions, requests }]) =>
        [...questions, ...requests].map((call) => callBelow(name, call)),
      )
      .join(', '),
  },
});
