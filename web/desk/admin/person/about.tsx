import { openRegistration } from '#shared/invites/invite.ts';
import { Address } from '../people.tsx';
import { PersonLink } from '../person-link.tsx';
import { FactsList } from '../../kit/facts-list.tsx';
import { Time } from '../../kit/time.tsx';
import { dateTime } from '../../../browser/date-time.ts';
import type { Part, Person, Texts } from './person.ts';

/** Who the person is, how they came, and links to their activity. */
export function About({ person, t }: Pick<Part, 'person' | 't'>) {
  const { id, username, role, disabled, label, createdAt, deviceBound, invitedBy, inviteId, lockedUntil } =
    person;
  // A user who came by open registration names an id that no stored invite has.
  const hasInvite = inviteId !== openRegistration.id;
  return (
    <>
      {lockedUntil && <p class="notice error">{t('locked', { time: dateTime(lockedUntil) })}</p>}
      <FactsList
        of={[
          [t('username'), username],
          [t('email'), <Address of={person} t={t} />],
          [t('role'), t(role)],
          [
            t('status'),
            <span class={`tag ${disabled ? 'bad' : ''}`}>{t(disabled ? 'disabled' : 'active')}</span>,
          ],
          [t('device'), deviceBound && t('bound')],
          [t('label'), label && <a href={`/admin/people?label=${encodeURIComponent(label)}`}>{label}</a>],
          [t('since'), <Time at={createdAt} />],
          [t('invitedBy'), invitedBy && <Inviter of={invitedBy} t={t} />],
          [t('invite'), hasInvite && <a href={`/admin/invites/${inviteId}`}>{inviteId}</a>],
        ]}
      />
      <p class="actions">
        <a class="button plain" href={`/admin/invites?issuer=${id}`}>
          {t('theirInvites')}
        </a>
        <a class="button plain" href={`/admin/activity?userId=${id}`}>
          {t('activity')}
        </a>
        <a class="button plain" href={`/admin/activity?subjectId=${id}`}>
          {t('activityOn')}
        </a>
      </p>
    </>
  );
}

function Inviter({ of: { userId, username }, t }: { of: NonNullable<Person['invitedBy']>; t: Texts }) {
  return username === null ? <>{t('deleted')}</> : <PersonLink id={userId} name={username} />;
}
