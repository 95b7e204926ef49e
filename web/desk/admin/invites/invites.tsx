import { useState } from 'preact/hooks';
import type listInvites from '#functions/admin-invite/list.ts';
import { call } from '../../../browser/api.ts';
import { useFacts } from '../../kit/facts.ts';
import { List, useList } from '../../kit/list.tsx';
import { OutcomeNotice, useOutcome } from '../../kit/outcome.tsx';
import { useQuery, withoutEmpty } from '../../kit/query.ts';
import { useSelection } from '../../kit/selection.ts';
import { useTexts } from '../../kit/texts.ts';
import { BulkActs } from './bulk-acts.tsx';
import { InviteFiltersBar } from './filters.tsx';
import { InviteTable } from './table.tsx';
import { isGood } from '#shared/invites/states.ts';
import {
  guestOf,
  invitesPath,
  updated,
  whoOf,
  type InviteFacts,
  type InviteTexts,
  type Listed,
} from './invite.ts';
import { InviteLinks, type InviteLink } from './links.tsx';

const pageSize = '50';
const filterNames = ['email', 'status', 'label', 'issuer'] as const;

/** All invites, newest first, with filters in the page's address. A changed row stays in its place. */
export function Invites() {
  const t: InviteTexts = useTexts();
  const { sendsMail } = useFacts<InviteFacts>();
  const [query, change] = useQuery(filterNames);
  const filter = withoutEmpty(query);
  const read = (cursor: string | null, limit = pageSize) =>
    call<typeof listInvites>('GET', `${invitesPath}?${withoutEmpty({ ...query, limit, cursor })}`);
  const list = useList<Listed>(read, [filter]);
  const items = list.value?.items ?? [];
  const selection = useSelection(items, [filter]);
  const outcome = useOutcome();
  const [links, setLinks] = useState<(InviteLink & { id: string })[]>([]);
  // A dead link must not be handed over.
  const dropLink = (id: string) => setLinks((before) => before.filter((link) => link.id !== id));
  const put = (id: string, now: (invite: Listed) => Listed | undefined) =>
    list.put((page) => ({
      ...page,
      items: page.items.flatMap((invite) => (invite.id === id ? (now(invite) ?? []) : invite)),
    }));
  return (
    <>
      <p class="bar">
        <a class="button" href="/admin/invites/new">
          {t('inviteLink')}
        </a>
      </p>
      <InviteFiltersBar t={t} query={query} change={change} items={items} outcome={outcome} />
      <List of={list} empty={<p>{t('empty')}</p>}>
        {(shown) => (
          <InviteTable
            t={t}
            items={shown}
            selection={selection}
            narrow={change}
            acts={(invite) => ({
              invite,
              t,
              sendsMail,
              outcome,
              changed: (now) => {
                if (!now?.status || !isGood(now.status)) dropLink(invite.id);
                put(invite.id, (before) => now && updated(before, now));
              },
              made: (link, byMail) => {
                dropLink(invite.id);
                if (byMail) return;
                const made = { id: invite.id, who: whoOf(invite, t), guest: guestOf(invite, t), ...link };
                setLinks((others) => [made, ...others]);
              },
            })}
          />
        )}
      </List>
      <div class="foot">
        <BulkActs
          t={t}
          selection={selection}
          list={list}
          rest={(cursor) => read(cursor, '100')}
          outcome={outcome}
          sendsMail={sendsMail}
          put={(id, now) => (dropLink(id), put(id, now))}
        />
        <OutcomeNotice of={outcome} />
        {links.length > 0 && <InviteLinks links={links} t={t} />}
      </div>
    </>
  );
}
