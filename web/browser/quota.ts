import type readQuota from '#functions/quota/read.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from './api.ts';
import { dateTime } from './date-time.ts';
import { element } from './element.ts';
import { problemNotice } from './notices.ts';
import type { Texts } from './texts.ts';

type Limit = keyof AnswerOf<typeof readQuota>;

/** Shows the usage of my limits, and when they are counted anew. */
export async function showQuota(page: HTMLElement, texts: Texts): Promise<void> {
  try {
    const quota = await call<typeof readQuota>('GET', '/v1/quota');
    for (const place of page.querySelectorAll<HTMLElement>('[data-limit]')) {
      const { limit, used, resetsAt } = quota[place.dataset['limit'] as Limit];
      const meter = element('meter', { max: Math.max(limit, used, 1), value: used });
      // The words beside it say the same.
      meter.setAttribute('aria-hidden', 'true');
      const reset =
        resetsAt && element('p', { className: 'hint' }, texts('resets', { time: dateTime(resetsAt) }));
      place.replaceChildren(texts('used', { used, limit }), meter, ...(reset ? [reset] : []));
    }
  } catch (problem) {
    page.querySelector('#quota-status')!.replaceChildren(problemNotice(problem, texts('notDone')));
  }
}
