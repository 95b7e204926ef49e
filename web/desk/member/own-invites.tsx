import type createInvite from '#functions/invite/create.ts';
import type listInvites from '#functions/me-invite/list.ts';
import type { Text } from '#shared/locale.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../browser/api.ts';
import { pageLocale } from '../../browser/page-locale.ts';
import type { inviteStateTexts } from '../../texts/invite-states.ts';
import type { ownInviteTexts } from '../../texts/own-invites.ts';
import { useFacts } from '../kit/facts.ts';
import { EmailField } from '../kit/fields.tsx';
import { emptyForm, Form } from '../kit/form.tsx';
import { List, useList } from '../kit/list.tsx';
import { OutcomeNotice, useOutcome } from '../kit/outcome.tsx';
import { Table } from '../kit/table.tsx';
import { useTexts, type TextOf } from '../kit/texts.ts';
import { Time } from '../kit/time.tsx';

type Answer = AnswerOf<typeof listInvites>;
type Sent = AnswerOf<typeof createInvite>;
type Invite = Answer['items'][number];
type Texts = TextOf<
  typeof ownInviteTexts & typeof inviteStateTexts & Record<'lostInvites' | 'inviteLink', Text>
>;

const path = '/v1/invites';
/** When to read the list again after an invite: its mail is sent within seconds, and the list then says so. */
const looksMs = [5_000, 15_000];

/** My own invites with their state, and the form that sends one if I have some left. */
export function OwnInvites() {
  const t: Texts = useTexts();
  const { sendsMail, mayAdminister } = useFacts<{ sendsMail: boolean; mayAdminister: boolean }>();
  const list = useList<Invite, Answer>(
    (cursor) => call<typeof listInvites>('GET', cursor ? `${path}?cursor=${cursor}` : path),
    [],
  );
  const left = list.value?.invitesLeft;
  // Outside the form, which disappears with the last invite.
  const outcome = useOutcome();
  /** Shows what became of the mails of the listed invites. If it cannot be read now, the list stays as it is. */
  const look = async () => {
    const { items } = await call<typeof listInvites>('GET', path).catch(() => ({ items: [] }));
    const deliveries = new Map(items.map(({ id, delivery }) => [id, delivery]));
    list.put((shown) => ({
      ...shown,
      items: shown.items.map((one) => ({ ...one, delivery: deliveries.get(one.id) ?? one.delivery })),
    }));
  };
  const sent = ({ id, email, expiresAt, invitesLeft }: Sent) => {
    list.reload();
    // The list may not have the new invite yet.
    const row: Invite = {
      id,
      email,
      expiresAt,
      status: 'active',
      delivery: 'pending',
      createdAt: new Date().toISOString(),
    };
    list.put((shown) => ({
      ...shown,
      invitesLeft,
      items: shown.items.some((one) => one.id === id) ? shown.items : [row, ...shown.items],
    }));
    outcome.say(t('sentTo', { email }));
    for (const ms of looksMs) setTimeout(() => void look(), ms);
  };
  return (
    <>
      {!sendsMail && <p class="notice">{t('noMail')}</p>}
      {sendsMail && left !== undefined && (
        <p>{left > 0 ? t('left', { count: left }) : t(mayAdminister ? 'noneNeeded' : 'noneLeft')}</p>
      )}
      {mayAdminister && !(sendsMail && left) && (
        <p>
          <a class="button" href="/admin/invites/new">
            {t('inviteLink')}
          </a>
        </p>
      )}
      {sendsMail && Boolean(left) && <InviteForm t={t} starts={outcome.clear} sent={sent} />}
      <OutcomeNotice of={outcome} />
      {sendsMail && Boolean(left) && <h2>{t('list')}</h2>}
      <List of={list} empty={<p>{t('empty')}</p>}>
        {(items) => <Invites items={items} t={t} />}
      </List>
    </>
  );
}

interface Inviting {
  t: Texts;
  /** Called when the form is sent; `sent` is called once the invite was made. */
  starts(): void;
  sent(invite: Sent): void;
}

function InviteForm({ t, starts, sent }: Inviting) {
  return (
    <Form
      button={t('invite')}
      ifLost={t('lostInvites')}
      send={async (fields, form) => {
        starts();
        const invite = await call<typeof createInvite>('POST', path, { ...fields, locale: pageLocale() });
        emptyForm(form, fields);
        sent(invite);
        return undefined;
      }}
    >
      <EmailField label={t('email')} />
    </Form>
  );
}

function Invites({ items, t }: { items: Invite[]; t: Texts }) {
  return (
    <Table
      name={t('list')}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        { title: t('who'), isHeader: true, cell: ({ email, note }) => email ?? note ?? t('anybody') },
        { title: t('status'), cell: ({ status }) => <span class={`tag ${status}`}>{t(status)}</span> },
        { title: t('delivery'), cell: ({ delivery }) => delivery && t(delivery) },
        { title: t('made'), cell: ({ createdAt }) => <Time at={createdAt} /> },
        { title: t('expires'), cell: ({ expiresAt }) => expiresAt && <Time at={expiresAt} /> },
      ]}
    />
  );
}
