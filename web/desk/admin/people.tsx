import type listUsers from '#functions/admin-user/list.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { displayName, roles, userStatuses } from '#shared/users/user.ts';
import { emailMaxLength, usernameLength } from '#shared/users/limits.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { recordOf } from '#shared/record-of.ts';
import { call } from '../../browser/api.ts';
import type { peopleTexts } from '../../texts/people.ts';
import { ExportButton } from '../kit/export-button.tsx';
import { ChoiceFilter, Filters, TypedFilter } from '../kit/filters.tsx';
import { List, useList, type Listing } from '../kit/list.tsx';
import { OutcomeNotice, useOutcome } from '../kit/outcome.tsx';
import { useQuery, withoutEmpty } from '../kit/query.ts';
import { Table } from '../kit/table.tsx';
import { useTexts, type TextOf } from '../kit/texts.ts';
import { Time } from '../kit/time.tsx';
import { PersonLink } from './person-link.tsx';

type Person = AnswerOf<typeof listUsers>['items'][number];
type Texts = TextOf<typeof peopleTexts>;

const path = '/v1/admin/users';

/** The field by which a search looks for people. */
type Way = 'username' | 'email';
type Found = AnswerOf<typeof listUsers> & { way: Way };

/** Whether a username can begin with this text. An address can, too. */
const isNameLike = (text: string): boolean => text.length <= usernameLength.max && !text.includes('@');

/** All accounts, newest first: found by address or name, role, status and label. */
export function People() {
  const t: Texts = useTexts();
  const [{ find, ...query }, change] = useQuery(['find', 'role', 'status', 'label']);
  const filter = (way: Way) => ({ ...query, [way]: find });
  const read = async (way: Way, cursor: string | null = null): Promise<Found> => {
    const asked = withoutEmpty({ ...filter(way), cursor });
    return { ...(await call<typeof listUsers>('GET', `${path}?${asked}`)), way };
  };
  /** The first page, by the field that finds people. */
  const seek = async (): Promise<Found> => {
    if (!isNameLike(find)) return read('email');
    const found = await read('username');
    const hasFound = found.items.length > 0 || found.nextCursor !== null;
    return hasFound || find === '' ? found : read('email');
  };
  const list: Listing<Person, Found> = useList<Person, Found>(
    // A next page is searched by the same field.
    (cursor) => (cursor !== null && list.value ? read(list.value.way, cursor) : seek()),
    [withoutEmpty({ ...query, find })],
  );
  const outcome = useOutcome();
  const file = async (): Promise<string> => {
    // While this search has no answer, the list may still be that of another search.
    const { way } = list.isLoading || list.problem !== undefined ? await seek() : list.value!;
    return `${path}?${withoutEmpty({ ...filter(way), format: 'csv' })}`;
  };
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
        <TypedFilter
          label={t('label')}
          value={query.label}
          maxLength={inviteLimits.labelLength.max}
          choose={(label) => change({ label })}
        />
        <ExportButton path={file} file="users.csv" outcome={outcome} />
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
          cell: (person) => <PersonLink id={person.id} name={displayName(person)} />,
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

/** An address, marked if it is not proven. A device-only account has a tag instead. */
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
