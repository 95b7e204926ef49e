import type listUsers from '#functions/admin-user/list.ts';
import { displayName, roles, userStatuses } from '#shared/users/user.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { recordOf } from '#shared/record-of.ts';
import { call } from '../../browser/api.ts';
import type { peopleTexts } from '../../texts/people.ts';
import { ExportButton } from '../kit/export-button.tsx';
import { ChoiceFilter, Filters, TypedFilter } from '../kit/filters.tsx';
import { List, useList } from '../kit/list.tsx';
import { OutcomeNotice, useOutcome } from '../kit/outcome.tsx';
import { useQuery, withoutEmpty } from '../kit/query.ts';
import { Table } from '../kit/table.tsx';
import { useTexts, type TextOf } from '../kit/texts.ts';
import { Time } from '../kit/time.tsx';

type Person = AnswerOf<typeof listUsers>['items'][number];
type Texts = TextOf<typeof peopleTexts>;

const path = '/v1/admin/users';

/** Everybody who has an account, newest first: found by address or name, role, status and label. */
export function People() {
  const t: Texts = useTexts();
  const [{ find, ...query }, change] = useQuery(['find', 'role', 'status', 'label']);
  const filter = { ...query, ...(find.includes('@') ? { email: find } : { username: find }) };
  const list = useList<Person>(
    (cursor) => call<typeof listUsers>('GET', `${path}?${withoutEmpty({ ...filter, cursor })}`),
    [withoutEmpty(filter)],
  );
  const outcome = useOutcome();
  return (
    <>
      <Filters name={t('filters')}>
        <TypedFilter
          label={t('find')}
          value={find}
          maxLength={emailMaxLength}
          choose={(value) => change({ find: value })}
        />
        <ChoiceFilter
          label={t('role')}
          value={query.role}
          options={recordOf(roles, t)}
          choose={(role) => change({ role })}
        />
        <ChoiceFilter
          label={t('status')}
          value={query.status}
          options={recordOf(userStatuses, t)}
          choose={(status) => change({ status })}
        />
        <TypedFilter label={t('label')} value={query.label} choose={(label) => change({ label })} />
        <ExportButton
          path={`${path}?${withoutEmpty({ ...filter, format: 'csv' })}`}
          file="users.csv"
          outcome={outcome}
        />
      </Filters>
      <OutcomeNotice of={outcome} />
      <List of={list} empty={<p>{t('empty')}</p>}>
        {(items) => <PeopleTable items={items} t={t} />}
      </List>
    </>
  );
}

function PeopleTable({ items, t }: { items: Person[]; t: Texts }) {
  return (
    <Table
      name={t('people')}
      items={items}
      keyOf={({ id }) => id}
      isDense
      columns={[
        {
          title: t('name'),
          isHeader: true,
          cell: (person) => <a href={`/admin/people/${person.id}`}>{displayName(person)}</a>,
        },
        { title: t('username'), isOnPage: true, cell: ({ username }) => username },
        { title: t('email'), cell: (person) => <Address of={person} t={t} /> },
        {
          title: t('role'),
          cell: ({ role }) => <span class={role === 'admin' ? 'tag' : ''}>{t(role)}</span>,
        },
        {
          title: t('status'),
          cell: ({ status }) => <span class={`tag ${status === 'disabled' ? 'bad' : ''}`}>{t(status)}</span>,
        },
        { title: t('label'), isOnPage: true, cell: ({ label }) => label },
        { title: t('since'), isOnPage: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
      ]}
    />
  );
}

/** An address, with what is to be known of it before one writes to it. */
export function Address({
  of: { email, emailVerified, deviceOnly },
  t,
}: {
  of: Pick<Person, 'email' | 'emailVerified' | 'deviceOnly'>;
  t: Texts;
}) {
  if (deviceOnly) return <span class="tag">{t('deviceOnly')}</span>;
  return (
    <>
      {email} {email !== null && !emailVerified && <span class="tag bad">{t('unproven')}</span>}
    </>
  );
}
