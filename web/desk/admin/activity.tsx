import type listAudit from '#functions/admin-audit/list.ts';
import { auditActions, auditOutcomes } from '#shared/audit/actions.ts';
import { openRegistration } from '#shared/invites/invite.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { recordOf } from '#shared/record-of.ts';
import type { actionTexts, activityTexts } from '../../texts/activity.ts';
import { call } from '../../browser/api.ts';
import { useFacts } from '../kit/facts.ts';
import { ExportButton } from '../kit/export-button.tsx';
import { ChoiceFilter, Filters, TypedFilter } from '../kit/filters.tsx';
import { List, useList } from '../kit/list.tsx';
import { OutcomeNotice, useOutcome } from '../kit/outcome.tsx';
import { useQuery, withoutEmpty } from '../kit/query.ts';
import { Table } from '../kit/table.tsx';
import { useTexts, type TextOf } from '../kit/texts.ts';
import { Time } from '../kit/time.tsx';
import { ActivityOfOne } from './activity-of-one.tsx';
import { PersonLink } from './person-link.tsx';

type Entry = AnswerOf<typeof listAudit>['items'][number];
type Texts = TextOf<typeof actionTexts & typeof activityTexts>;

const path = '/v1/admin/audit';
const filterNames = ['day', 'action', 'outcome', 'userId', 'subjectId'] as const;

/** The audit trail, newest first, by day, action, outcome and person. */
export function Activity() {
  const t: Texts = useTexts();
  const [query, change] = useQuery(filterNames);
  const filter = withoutEmpty(query);
  const list = useList<Entry>(
    (cursor) => call<typeof listAudit>('GET', `${path}?${withoutEmpty({ ...query, cursor })}`),
    [filter],
  );
  const outcome = useOutcome();
  return (
    <>
      <Filters name={t('filters')}>
        <TypedFilter label={t('day')} type="date" value={query.day} choose={(day) => change({ day })} />
        <ChoiceFilter
          label={t('action')}
          value={query.action}
          options={recordOf(auditActions, t)}
          choose={(action) => change({ action })}
        />
        <ChoiceFilter
          label={t('outcome')}
          value={query.outcome}
          options={recordOf(auditOutcomes, t)}
          choose={(given) => change({ outcome: given })}
        />
        <ExportButton
          path={`${path}?${withoutEmpty({ ...query, format: 'csv', limit: '100' })}`}
          file="audit.csv"
          isPaged
          outcome={outcome}
        />
      </Filters>
      <OutcomeNotice of={outcome} />
      <ActivityOfOne query={query} items={list.value?.items ?? []} />
      <List of={list} empty={<p>{t('empty')}</p>}>
        {(items) => <Entries items={items} t={t} />}
      </List>
    </>
  );
}

function Entries({ items, t }: { items: Entry[]; t: Texts }) {
  const { apps } = useFacts<{ apps: Readonly<Record<string, string>> }>();
  return (
    <Table
      name={t('action')}
      items={items}
      keyOf={(entry) => `${entry.at} ${entry.action} ${entry.subjectId}`}
      columns={[
        { title: t('time'), cell: ({ at }) => <Time at={at} /> },
        {
          title: t('action'),
          isHeader: true,
          cell: ({ action, outcome }) => (
            <>
              {t(action)} {outcome === 'refused' && <span class="tag bad">{t('refused')}</span>}
            </>
          ),
        },
        {
          title: t('actor'),
          cell: ({ actorId, actorName }) =>
            actorId === null ? t('nobody') : <Person id={actorId} name={actorName} t={t} />,
        },
        {
          title: t('subject'),
          cell: ({ action, subjectId, subjectName }) => {
            if (subjectId !== null && (subjectName !== null || action.startsWith('user.')))
              return <Person id={subjectId} name={subjectName} t={t} />;
            if (isOfInvite(action, subjectId))
              return <a href={`/admin/invites/${subjectId}`}>{t('anInvite')}</a>;
            // A card leaves out empty cells.
            return subjectId && <code>{subjectId}</code>;
          },
        },
        { title: t('address'), cell: ({ address }) => address },
        {
          title: t('details'),
          cell: ({ service, call: relayed, app, reason }) =>
            [service, relayed, app && (apps[app] ?? app), reason].filter(Boolean).join(' · '),
        },
      ]}
    />
  );
}

/**
 * Whether the entry is about an invite or a registration with one. A registration without an invite names an id that no stored
 * invite has.
 */
const isOfInvite = (action: Entry['action'], subjectId: string | null): boolean =>
  subjectId !== null &&
  (action.startsWith('invite.') || (action === 'registration' && subjectId !== openRegistration.id));

/** @param name null if the account is deleted: then only the trail is left to link to. */
function Person({ id, name, t }: { id: string; name: string | null; t: Texts }) {
  if (name !== null) return <PersonLink id={id} name={name} />;
  return (
    <a href={`/admin/activity?userId=${id}`} title={id}>
      {t('goneAccount')}
    </a>
  );
}
