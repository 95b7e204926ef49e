import type deleteSession from '#functions/session/delete.ts';
import type listSessions from '#functions/session/list.ts';
import type { Problem } from '#shared/errors/problem.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../../browser/api.ts';
import { ActButton } from '../../kit/act.tsx';
import { deviceText } from '../../kit/device.ts';
import { List, useList, type Listing } from '../../kit/list.tsx';
import { OutcomeNotice, useOutcome } from '../../kit/outcome.tsx';
import { withoutEmpty } from '../../kit/query.ts';
import { Table } from '../../kit/table.tsx';
import { useTexts } from '../../kit/texts.ts';
import { Time } from '../../kit/time.tsx';
import type { Texts } from './account.ts';

type Session = AnswerOf<typeof listSessions>['items'][number];

const path = '/v1/sessions';
/** As many sessions as a user can have (`mostSessions`). Their order changes with each use, so that further pages could miss one. */
const limit = '100';

export const useSessions = (): Listing<Session> =>
  useList<Session>(
    (cursor) => call<typeof listSessions>('GET', `${path}?${withoutEmpty({ limit, cursor })}`),
    [],
  );

/** Ends a session. One that has already ended is not an error. */
async function end(id: string): Promise<void> {
  try {
    await call<typeof deleteSession>('DELETE', `${path}/${id}`);
  } catch (problem) {
    if ((problem as Partial<Problem>).code !== 'not_found') throw problem;
  }
}

/** My sessions, with buttons that end them. */
export function Sessions({ list }: { list: Listing<Session> }) {
  const t: Texts = useTexts();
  const outcome = useOutcome();
  const act = (id: string, said: string) => async () => {
    await end(id);
    list.reload();
    return said;
  };
  const button = ({ id, ...session }: Session) => (
    <ActButton
      label={t('endSession')}
      name={t('endOne', { name: nameOf(session, t) })}
      ifLost={t('lostAccount')}
      outcome={outcome}
      run={act(id, t('sessionEnded'))}
    />
  );
  return (
    <>
      <List of={list} empty={<p>{t('noSessions')}</p>}>
        {(items) => (
          <>
            <SessionTable items={items} t={t} button={button} />
            {items.length > 1 && (
              <p class="after">
                <ActButton
                  label={t('endOthers')}
                  asks={<p>{t('endOthersAsk')}</p>}
                  ifLost={t('lostAccount')}
                  outcome={outcome}
                  run={act('others', t('othersEnded'))}
                />
              </p>
            )}
          </>
        )}
      </List>
      <OutcomeNotice of={outcome} />
    </>
  );
}

const nameOf = ({ device, transport }: Pick<Session, 'device' | 'transport'>, t: Texts): string =>
  deviceText(device.name) ?? t(transport === 'token' ? 'program' : 'unknownDevice');

interface Rows {
  items: Session[];
  t: Texts;
  button(session: Session): preact.ComponentChildren;
}

function SessionTable({ items, t, button }: Rows) {
  return (
    <Table
      name={t('sessions')}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t('device'),
          isHeader: true,
          cell: (session) => (
            <>
              {nameOf(session, t)} {session.current && <span class="tag active">{t('thisDevice')}</span>}{' '}
              {session.deviceBound && <span class="tag">{t('bound')}</span>}
            </>
          ),
        },
        { title: t('network'), cell: ({ address }) => address },
        { title: t('signedInAt'), cell: ({ createdAt }) => <Time at={createdAt} /> },
        { title: t('lastUse'), cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
        { title: t('act'), isActs: true, cell: (session) => !session.current && button(session) },
      ]}
    />
  );
}
