import { useState } from 'preact/hooks';
import type listKeyUses from '#functions/key-use/list.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../../browser/api.ts';
import { BarChart } from '../../kit/bar-chart.tsx';
import { List, useList } from '../../kit/list.tsx';
import { Loaded, useLoad } from '../../kit/load.tsx';
import { withoutEmpty } from '../../kit/query.ts';
import { Table } from '../../kit/table.tsx';
import { useTexts } from '../../kit/texts.ts';
import { Time } from '../../kit/time.tsx';
import { told } from '../../kit/told.ts';
import type { Service, Texts } from './key.ts';
import { byDay, readRecent } from './recent-uses.ts';

type Use = AnswerOf<typeof listKeyUses>['items'][number];

const pageLength = '10';

/** The uses of a key, read when the part is opened. */
export function Uses({ service: { service, title } }: { service: Service }) {
  const t: Texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary aria-label={told(t('uses'), title)}>{t('uses')}</summary>
      {isOpen && <OpenUses path={`/v1/keys/${service}/uses`} title={title} />}
    </details>
  );
}

function OpenUses({ path, title }: { path: string; title: string }) {
  const t: Texts = useTexts();
  const list = useList<Use>(
    (cursor) => call<typeof listKeyUses>('GET', `${path}?${withoutEmpty({ limit: pageLength, cursor })}`),
    [path],
  );
  return (
    <List of={list} empty={<p>{t('unused')}</p>}>
      {(items) => (
        <>
          <ByDay path={path} title={title} />
          <Table
            name={told(t('uses'), title)}
            items={items}
            keyOf={({ at, call: made }) => `${at} ${made}`}
            columns={[
              { title: t('call'), isHeader: true, cell: ({ call: made }) => <code>{made}</code> },
              { title: t('when'), cell: ({ at }) => <Time at={at} /> },
              { title: t('model'), cell: ({ model }) => model && <code>{model}</code> },
              {
                title: t('answer'),
                cell: ({ status }) => status !== null && <Answer status={status} t={t} />,
              },
              { title: t('fromWhere'), cell: ({ address }) => address },
            ]}
          />
        </>
      )}
    </List>
  );
}

function Answer({ status, t }: { status: number; t: Texts }) {
  return status < 400 ? <>{t('answered')}</> : <span class="tag bad">{t('refusedBy', { status })}</span>;
}

function ByDay({ path, title }: { path: string; title: string }) {
  const t: Texts = useTexts();
  const recent = useLoad(
    () => readRecent((query) => call<typeof listKeyUses>('GET', `${path}?${withoutEmpty(query)}`)),
    [path],
  );
  return (
    <Loaded of={recent}>
      {(uses) => (
        <BarChart
          name={told(t('usesByDay'), title)}
          labelTitle={t('day')}
          valueTitle={t('count')}
          bars={byDay(uses, Date.now(), document.documentElement.lang)}
        />
      )}
    </Loaded>
  );
}
