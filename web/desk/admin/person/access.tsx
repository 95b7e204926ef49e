import type updateUser from '#functions/admin-user/update.ts';
import { displayName } from '#shared/users/user.ts';
import { call } from '../../../browser/api.ts';
import { ActButton } from '../../kit/act.tsx';
import { quoted } from '../../kit/quoted.ts';
import { told } from '../../kit/told.ts';
import type { Part, Person, Texts } from './person.ts';

type TextName = Parameters<Texts>[0];

interface Change {
  label: TextName;
  asks?: TextName;
  done: TextName;
  body: object;
  isGrave?: boolean;
}

/** The changes to a person's access that are possible now. */
function changesOf({ role, disabled, emailVerified, email, deviceBound, lockedUntil }: Person): Change[] {
  return [
    ...(lockedUntil ? [{ label: 'unlock', done: 'unlocked', body: { unlock: true } } as const] : []),
    ...(email && !emailVerified
      ? [{ label: 'vouch', asks: 'vouchAsks', done: 'vouched', body: { emailVerified: true } } as const]
      : []),
    ...(deviceBound
      ? [{ label: 'unbind', asks: 'unbindAsks', done: 'unbound', body: { device: null } } as const]
      : []),
    role === 'admin'
      ? { label: 'demote', asks: 'demoteAsks', done: 'demoted', body: { role: 'general' } }
      : { label: 'promote', asks: 'promoteAsks', done: 'promoted', body: { role: 'admin' } },
    disabled
      ? { label: 'enable', done: 'enabled', body: { disabled: false } }
      : {
          label: 'disable',
          asks: 'disableAsks',
          done: 'disabledNow',
          body: { disabled: true },
          isGrave: true,
        },
  ];
}

/** Buttons for role, access, lock, mailbox and device. Those that end something say first what it is. */
export function Access({ person, t, path, outcome, changed }: Part) {
  const name = displayName(person);
  const values = { name: quoted(name), email: person.email ?? '' };
  return (
    <>
      <h2>{t('access')}</h2>
      <p class="actions">
        {changesOf(person).map(({ label, asks, done, body, isGrave }) => (
          <ActButton
            key={label}
            label={t(label)}
            name={told(t(label), name)}
            {...(asks && { asks: <p>{t(asks, values)}</p> })}
            {...(isGrave && { isGrave })}
            outcome={outcome}
            run={async () => {
              await call<typeof updateUser>('PATCH', path, body);
              changed();
              return t(done, values);
            }}
          />
        ))}
      </p>
    </>
  );
}
