import type listLabels from '#functions/admin-label/list.ts';
import { funnelStages } from '#shared/inviting/stages.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../../browser/api.ts';
import type { overviewTexts } from '../../../texts/overview.ts';
import { Loaded, useLoad } from '../../kit/load.tsx';
import { Table } from '../../kit/table.tsx';
import { useTexts, type TextOf } from '../../kit/texts.ts';

/** The funnel of each label. The label's name links to its invites. */
export function Labels() {
  const t: TextOf<typeof overviewTexts> = useTexts();
  const labels = useLoad<AnswerOf<typeof listLabels>>(
    () => call<typeof listLabels>('GET', '/v1/admin/labels'),
    [],
  );
  return (
    <Loaded of={labels}>
      {({ items, truncated, moreLabels }) =>
        items.length === 0 ? (
          <div class="empty">
            <p>{t('noLabels')}</p>
          </div>
        ) : (
          <>
            {truncated && <p class="hint">{t('funnelTruncated')}</p>}
            {moreLabels && (
              <p class="hint">{t('moreLabels', { count: items.length.toLocaleString('en') })}</p>
            )}
            <Table
              name={t('byLabel')}
              items={items}
              keyOf={({ label }) => label}
              columns={[
                {
                  title: t('label'),
                  isHeader: true,
                  cell: ({ label }) => (
                    <a href={`/admin/invites?label=${encodeURIComponent(label)}`}>{label}</a>
                  ),
                },
                ...funnelStages.map((name) => ({
                  title: t(name),
                  cell: (item: (typeof items)[number]) => String(item[name]),
                })),
                { title: t('admitted'), cell: ({ people }) => String(people) },
              ]}
            />
          </>
        )
      }
    </Loaded>
  );
}
