import type listActivity from '#functions/me-activity/list.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../../browser/api.ts';
import { useFacts } from '../../kit/facts.ts';
import { List, useList } from '../../kit/list.tsx';
import { withoutEmpty } from '../../kit/query.ts';
import { Table } from '../../kit/table.tsx';
import { useTexts } from '../../kit/texts.ts';
import { Time } from '../../kit/time.tsx';
import { told } from '../../kit/told.ts';
import type { AccountFacts, Texts } from './account.ts';

type Entry = AnswerOf<typeof listActivity>['items'][number];

/** Few enough that the parts below are still found. */
const pageLength = '10';

/** What I did, and what others did to my account. A refused try stands out. */
export function Activity() {
  const t: Texts = useTexts();
  const { hasPassword } = useFacts<AccountFacts>();
  const list = useList<Entry>(
    (cursor) =>
      call<typeof listActivity>('GET', `/v1/me/activity?${withoutEmpty({ limit: pageLength, cursor })}`),
    [],
  );
  return (
    <>
      {hasPassword && (
        <p>
          {t('notYou')} <a href="#password">{t('changePassword')}</a>
        </p>
      )}
      <List of={list} empty={<p>{t('nothingHappened')}</p>}>
        {(items) => (
          <Table
            name={t('happened')}
            items={items}
            keyOf={(entry) => `${entry.at} ${entry.action} ${entry.subjectId} ${entry.outcome}`}
            columns={[
              {
                title: t('what'),
                isHeader: true,
                cell: (entry) => <What entry={entry} t={t} />,
              },
              { title: t('when'), cell: ({ at }) => <Time at={at} /> },
              { title: t('byWhom'), cell: ({ by }) => t(by) },
              { title: t('fromWhere'), cell: ({ address }) => address },
            ]}
          />
        )}
      </List>
    </>
  );
}

function What({ entry: { action, service, app, outcome }, t }: { entry: Entry; t: Texts }) {
  const { apps } = useFacts<AccountFacts>();
  const isTry = action === 'session.create' && outcome === 'refused';
  const text = told(
    told(t(isTry ? 'triedToSignIn' : action), service ?? undefined),
    app ? (apps[app] ?? app) : undefined,
  );
  if (outcome === 'done') return <>{text}</>;
  return (
    <span class="refused">
      {text} <span class="tag bad">{t('refused')}</span>
    </span>
  );
}
