import type readQuota from '#functions/quota/read.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../../browser/api.ts';
import { useFacts } from '../../kit/facts.ts';
import { Loaded, useLoad } from '../../kit/load.tsx';
import { useTexts } from '../../kit/texts.ts';
import { dateTime } from '../../../browser/date-time.ts';
import type { KeyFacts, Texts } from './key.ts';

type Quota = AnswerOf<typeof readQuota>;

/** The total of my calls, if the page may know it, how much of my limits is used, and when counting begins anew. */
export function Limits() {
  const t: Texts = useTexts();
  const { requestHours, calls } = useFacts<KeyFacts>();
  const quota = useLoad(() => call<typeof readQuota>('GET', '/v1/quota'), []);
  return (
    <Loaded of={quota}>
      {({ requests, questions }) => (
        <dl>
          {calls && <Calls {...calls} t={t} />}
          <Limit title={t('requests', { hours: requestHours })} usage={requests} t={t} />
          <Limit title={t('questions')} usage={questions} t={t} />
        </dl>
      )}
    </Loaded>
  );
}

function Calls({ apiRequests, lastRequestAt, t }: NonNullable<KeyFacts['calls']> & { t: Texts }) {
  return (
    <div>
      <dt>{t('calls')}</dt>
      <dd>
        {apiRequests}
        {lastRequestAt && <p class="hint">{t('lastCall', { time: dateTime(lastRequestAt) })}</p>}
      </dd>
    </div>
  );
}

interface Shown {
  title: string;
  usage: Quota['requests'];
  t: Texts;
}

function Limit({ title, usage: { limit, used, remaining, resetsAt }, t }: Shown) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {t('used', { used, limit })}
        {/* The text beside it says the same. */}
        <meter aria-hidden="true" max={Math.max(limit, used, 1)} value={used} />
        {/* Failed calls are given back, but only up to a limit. */}
        {remaining < limit - used && <p class="hint">{t('fewerLeft', { remaining })}</p>}
        {resetsAt && <p class="hint">{t('resets', { time: dateTime(resetsAt) })}</p>}
      </dd>
    </div>
  );
}
