import type updateUser from '#functions/admin-user/update.ts';
import { displayName } from '#shared/users/user.ts';
import { call } from '../../../browser/api.ts';
import { ActButton } from '../../kit/act.tsx';
import { deviceText } from '../../kit/device.ts';
import { OutcomeNotice, useOutcome } from '../../kit/outcome.tsx';
import { quoted } from '../../kit/quoted.ts';
import { Table } from '../../kit/table.tsx';
import { Time } from '../../kit/time.tsx';
import type { Part } from './person.ts';

/** The person's sessions, with buttons that end one or all. */
export function Sessions({ person, t, path, changed }: Omit<Part, 'outcome'>) {
  const outcome = useOutcome();
  const { items } = person.sessions;
  const end = (body: object, done: string) => async () => {
    await call<typeof updateUser>('PATCH', path, body);
    changed();
    return done;
  };
  return (
    <>
      <h2>{t('sessions')}</h2>
      {items.length === 0 ? (
        <div class="empty">{t('noSessions')}</div>
      ) : (
        <>
          <Table
            name={t('sessions')}
            items={items}
            keyOf={({ id }) => id}
            columns={[
              {
                title: t('device'),
                isHeader: true,
                cell: ({ device }) => deviceText(device.name) ?? t('unknownDevice'),
              },
              { title: t('address'), cell: ({ address }) => address },
              { title: t('signedIn'), cell: ({ createdAt }) => <Time at={createdAt} /> },
              { title: t('lastSeen'), cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
              {
                title: t('acts'),
                cell: ({ id, device }) => (
                  <ActButton
                    label={t('endSession')}
                    name={t('endSessionOf', { device: deviceText(device.name) ?? t('unknownDevice') })}
                    outcome={outcome}
                    run={end({ endSession: id }, t('sessionEnded'))}
                  />
                ),
              },
            ]}
          />
          <p class="actions">
            <ActButton
              label={t('endSessions')}
              asks={<p>{t('endSessionsAsks', { name: quoted(displayName(person)) })}</p>}
              outcome={outcome}
              run={end({ endSessions: true }, t('sessionsEnded'))}
            />
          </p>
        </>
      )}
      <OutcomeNotice of={outcome} />
    </>
  );
}
