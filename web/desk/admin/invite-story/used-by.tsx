import type readInvite from '#functions/admin-invite/read.ts';
import { call } from '../../../browser/api.ts';
import { deviceText } from '../../kit/device.ts';
import { List, useList } from '../../kit/list.tsx';
import { Table } from '../../kit/table.tsx';
import { Time } from '../../kit/time.tsx';
import { pathOf, type ReadInvite } from '../invites/invite.ts';
import { PersonLink } from '../person-link.tsx';
import type { StoryTexts } from './texts.ts';

type User = ReadInvite['usedBy'][number];

const isForDevices = ({ kind }: ReadInvite): boolean => kind === 'device' || kind === 'device-only';
const deviceOf = ({ device }: User) => deviceText(device);

/**
 * All users of the invite, with their addresses and the devices that it registered, a hundred at a time. The first of them came
 * with the invite.
 */
export function UsedBy({ invite, t }: { invite: ReadInvite; t: StoryTexts }) {
  const list = useList<User>(
    async (cursor) => {
      if (cursor === null) return { items: invite.usedBy, nextCursor: invite.nextCursor };
      const path = `${pathOf(invite.id)}?${new URLSearchParams({ cursor })}`;
      const { usedBy, nextCursor } = await call<typeof readInvite>('GET', path);
      return { items: usedBy, nextCursor };
    },
    [invite],
  );
  return (
    <List of={list} empty={<p>{t('nobody')}</p>}>
      {(items) => (
        <Table
          name={t('whoUsed')}
          items={items}
          keyOf={({ userId }) => userId}
          columns={[
            {
              title: t('name'),
              isHeader: true,
              cell: ({ userId, username }) =>
                username ? <PersonLink id={userId} name={username} /> : t('somebodyGone'),
            },
            { title: t('address'), cell: ({ email }) => email },
            ...(isForDevices(invite) ? [{ title: t('itsDevice'), cell: deviceOf }] : []),
            { title: t('when'), cell: ({ at }) => <Time at={at} /> },
          ]}
        />
      )}
    </List>
  );
}
