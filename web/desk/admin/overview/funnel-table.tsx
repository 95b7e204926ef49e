import type readStats from '#functions/admin-stats/read.ts';
import { funnelStages } from '#shared/inviting/stages.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { overviewTexts } from '../../../texts/overview.ts';
import { Table } from '../../kit/table.tsx';
import type { TextOf } from '../../kit/texts.ts';

export type Funnel = AnswerOf<typeof readStats>['funnel'];

/** How many invites have come to each stage, as numbers and as bars, and how many people they admitted. */
export function FunnelTable({ of: funnel, t }: { of: Funnel; t: TextOf<typeof overviewTexts> }) {
  const share = new Intl.NumberFormat(document.documentElement.lang, { style: 'percent' });
  const shareOf = (name: (typeof funnelStages)[number]) => (funnel.made > 0 ? funnel[name] / funnel.made : 0);
  return (
    <Table
      name={t('funnel')}
      items={[...funnelStages, 'people' as const]}
      keyOf={(name) => name}
      columns={[
        { title: t('stage'), isHeader: true, cell: (name) => t(name === 'people' ? 'admitted' : name) },
        { title: t('count'), cell: (name) => String(funnel[name]) },
        {
          title: t('share'),
          // People are no share of invites: one invite can admit many.
          cell: (name) =>
            name !== 'people' && (
              <>
                <progress aria-label={t(name)} max={1} value={shareOf(name)} /> {share.format(shareOf(name))}
              </>
            ),
        },
      ]}
    />
  );
}
