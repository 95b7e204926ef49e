import { isTrouble } from '#shared/mail/delivery.ts';
import type { Selection } from '../../kit/selection.ts';
import { Age } from '../../kit/age.tsx';
import { Table } from '../../kit/table.tsx';
import { Time } from '../../kit/time.tsx';
import { told } from '../../kit/told.ts';
import { PersonLink } from '../person-link.tsx';
import { RowActs, type Acts } from './acts.tsx';
import { whoOf, type InviteTexts, type Listed } from './invite.ts';

interface Invites {
  t: InviteTexts;
  items: Listed[];
  selection: Selection<Listed>;
  /** Shows only the invites with this label or issuer. */
  narrow(filter: { label?: string; issuer?: string }): void;
  acts(invite: Listed): Acts;
}

export function InviteTable({ t, items, selection, narrow, acts }: Invites) {
  return (
    <Table
      name={t('invites')}
      items={items}
      keyOf={({ id }) => id}
      isDense
      columns={[
        {
          title: t('select'),
          isActs: true,
          cell: (invite) => <Tick invite={invite} selection={selection} t={t} />,
        },
        { title: t('who'), isHeader: true, cell: (invite) => <Who invite={invite} t={t} narrow={narrow} /> },
        { title: t('status'), cell: (invite) => <Status invite={invite} t={t} /> },
        { title: t('byIssuer'), isOnPage: true, cell: (invite) => <Origin invite={invite} /> },
        {
          title: t('expires'),
          isOnPage: true,
          cell: ({ expiresAt, isRenewed }) =>
            isRenewed ? t('anew') : expiresAt ? <Time at={expiresAt} /> : t('never'),
        },
        { title: t('usedBy'), isOnPage: true, cell: (invite) => <UsedBy invite={invite} t={t} /> },
        {
          title: t('actions'),
          isActs: true,
          isOnPage: true,
          cell: (invite) => <RowActs {...acts(invite)} />,
        },
      ]}
    />
  );
}

interface Cell {
  invite: Listed;
  t: InviteTexts;
}

function Tick({ invite, selection, t }: Cell & { selection: Selection<Listed> }) {
  return (
    <label class="tick check">
      <input
        type="checkbox"
        checked={selection.has(invite)}
        aria-label={t('selectOne', { who: whoOf(invite, t) })}
        onChange={() => selection.toggle(invite)}
      />
    </label>
  );
}

function Who({ invite, t, narrow }: Cell & { narrow: Invites['narrow'] }) {
  const { id, email, kind, label, note } = invite;
  return (
    <>
      <a href={`/admin/invites/${id}`}>{email ?? t(kind)}</a>
      {label && (
        <button type="button" class="tag" onClick={() => narrow({ label })}>
          {label}
        </button>
      )}
      {note && <p class="hint">{note}</p>}
    </>
  );
}

function Status({ invite, t }: Cell) {
  const { status, uses, maxUses, createdAt, label } = invite;
  return (
    <>
      <span class={`tag ${status}`}>{t(status)}</span>{' '}
      {maxUses > 1 && (
        <p class="hint">
          {t('usedOf', { uses, maxUses })}
          <span class="glance">{' · '}</span>
        </p>
      )}
      <p class="hint">
        <Mail invite={invite} t={t} />
        <span class="glance">
          {' · '}
          <Age at={createdAt} />
          {label && ` · ${label}`}
        </span>
      </p>
    </>
  );
}

/** Who grants the invite, and since when. */
function Origin({ invite: { inviter, inviterId, createdAt } }: Pick<Cell, 'invite'>) {
  return (
    <>
      {inviter && inviterId ? <PersonLink id={inviterId} name={inviter} /> : inviter}
      <p class="hint">
        <Time at={createdAt} />
      </p>
    </>
  );
}

/** The state of the mail, and the reason if it failed. */
function Mail({
  invite: { delivery, deliveryReason },
  t,
}: {
  invite: Pick<Listed, 'delivery' | 'deliveryReason'>;
  t: InviteTexts;
}) {
  if (!delivery) return <>{t('noMail')}</>;
  return (
    <span class={isTrouble(delivery) ? 'trouble' : ''}>
      {told(t(delivery), deliveryReason && t(deliveryReason))}
    </span>
  );
}

function UsedBy({ invite: { usedAt, userId, username }, t }: Cell) {
  if (!usedAt) return null;
  return (
    <>
      {userId && username ? <PersonLink id={userId} name={username} /> : t('somebodyGone')}
      <p class="hint">
        <Time at={usedAt} />
      </p>
    </>
  );
}
