import type readStats from '#functions/admin-stats/read.ts';
import { dayCountNames } from '#shared/audit/day-counts.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../browser/api.ts';
import type { overviewTexts } from '../../texts/overview.ts';
import { BarChart } from '../kit/bar-chart.tsx';
import { useFacts } from '../kit/facts.ts';
import { FactsList } from '../kit/facts-list.tsx';
import { Loaded, useLoad } from '../kit/load.tsx';
import { useTexts, type TextOf } from '../kit/texts.ts';
import { FunnelTable } from './overview/funnel-table.tsx';
import { Labels } from './overview/labels.tsx';

type Stats = AnswerOf<typeof readStats>;
type Texts = TextOf<typeof overviewTexts>;

interface OverviewFacts {
  /** For how many days the counted entries are kept. */
  auditDays: number;
}

/** The counts that have a chart. */
const charted = ['registrations', 'signIns', 'relayCalls'] as const;

/** The overview: counts of today and by day, and how far invites have come. */
export function Overview() {
  const t: Texts = useTexts();
  const { auditDays } = useFacts<OverviewFacts>();
  const stats = useLoad<Stats>(() => call<typeof readStats>('GET', '/v1/admin/stats'), []);
  return (
    <>
      <p>
        <a class="button" href="/admin/invites/new">
          {t('inviteSome')}
        </a>
      </p>
      <Loaded of={stats}>
        {({ days, funnel, truncated }) => (
          <>
            <h2>{t('today')}</h2>
            <FactsList
              of={dayCountNames.map((name) => [t(name), String(days.at(-1)?.[name] ?? 0)] as const)}
            />
            <h2>{t('byDay', { days: days.length })}</h2>
            {auditDays < days.length && (
              <p class="hint">{t('shortTrail', { day: days.at(-auditDays)!.day, days: auditDays })}</p>
            )}
            <div class="charts">
              {charted.map((name) => (
                <BarChart
                  key={name}
                  name={t(name)}
                  labelTitle={t('day')}
                  valueTitle={t('count')}
                  bars={days.map((one) => ({ label: one.day, value: one[name] }))}
                />
              ))}
            </div>
            <h2>{t('funnel')}</h2>
            {truncated && <p class="hint">{t('funnelTruncated')}</p>}
            <FunnelTable of={funnel} t={t} />
          </>
        )}
      </Loaded>
      <h2>{t('byLabel')}</h2>
      <Labels />
    </>
  );
}
