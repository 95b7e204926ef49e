import { second } from '../clock.ts';
import type { LimitReached } from './reserve-call.ts';
import type { FailureDetail } from '../errors/failure.ts';
import type { Text } from '../locale.ts';

/** Why a call was not relayed. */
export const quotaTexts = {
  requests: {
    en: 'You may make {limit} {limit|call|calls} in {hours} {hours|hour|hours}, counted from the first; {remaining} {remaining|is|are} left. Calls are possible again from {resetsAt}.',
    ja: '最初の呼び出しから{hours}時間に{limit}回までです。残りは{remaining}回です。{resetsAt} から再び呼び出せます。',
    zh: '自首次调用起 {hours} 小时内最多 {limit} 次，剩余 {remaining} 次。{resetsAt} 起可再次调用。',
  },
  questions: {
    en: 'You may ask {limit} {limit|question|questions} a day (UTC); {remaining} {remaining|is|are} left. Questions are possible again from {resetsAt}.',
    ja: '質問は1日（UTC）に{limit}件までです。残りは{remaining}件です。{resetsAt} から再び質問できます。',
    zh: '每天（UTC）最多可提问 {limit} 次，剩余 {remaining} 次。{resetsAt} 起可再次提问。',
  },
  attempts: {
    en: 'Too many of your calls got no answer from the provider. Calls are possible again from {resetsAt}.',
    ja: 'プロバイダーが応答しなかった呼び出しが多すぎます。{resetsAt} から再び呼び出せます。',
    zh: '服务商未回应的调用过多。{resetsAt} 起可再次调用。',
  },
  noRequests: {
    en: 'You may make no calls. An administrator can grant you some.',
    ja: '呼び出しは許可されていません。管理者に依頼できます。',
    zh: '您没有调用额度，可请管理员授予。',
  },
  noQuestions: {
    en: 'You may ask no questions. An administrator can grant you some.',
    ja: '質問は許可されていません。管理者に依頼できます。',
    zh: '您没有提问额度，可请管理员授予。',
  },
} as const satisfies Record<string, Text>;

/** A time as programs and people of every language read it, to the second: `2026-11-20T05:00:00Z`. */
const toTheSecond = (milliseconds: number): string =>
  `${new Date(Math.ceil(milliseconds / second) * second).toISOString().slice(0, 19)}Z`;

/** The values of `quota_exceeded` for a refused call: the limit, the rest, and when to come back. */
export function quotaExceeded(
  { name, limit, used, remaining, resetsAt }: LimitReached,
  { requestHours: hours }: { requestHours: number },
  now: number,
): FailureDetail {
  // A user who is granted none gains nothing by waiting.
  if (limit === 0 || resetsAt === null)
    return { explain: name === 'requests' ? quotaTexts.noRequests : quotaTexts.noQuestions };
  return {
    explain: used < limit ? quotaTexts.attempts : quotaTexts[name],
    values: { limit, hours, remaining, resetsAt: toTheSecond(resetsAt) },
    retryAfter: Math.ceil((resetsAt - now) / second),
  };
}
