import { useLayoutEffect, useRef } from 'preact/hooks';
import type updateUser from '#functions/admin-user/update.ts';
import { settingLimits } from '#shared/deployment/limits.ts';
import { callLimitNames } from '#shared/users/call-limits.ts';
import { call } from '../../../browser/api.ts';
import { useFacts } from '../../kit/facts.ts';
import { FactsList } from '../../kit/facts-list.tsx';
import { TextField } from '../../kit/fields.tsx';
import { fillForm, Form } from '../../kit/form.tsx';
import { Time } from '../../kit/time.tsx';
import { dateTime } from '../../../browser/date-time.ts';
import type { Part } from './person.ts';

/** How much of the limits is used, and the form that gives this person other limits. */
export function Limits({ person, t, path, changed }: Part) {
  const { requestHours: hours } = useFacts<{ requestHours: number }>();
  const { quota, limits, apiRequests, lastRequestAt, invitesSent } = person;
  const form = useRef<HTMLFormElement>(null);
  const drawn = useRef(limits);
  // A field that was edited once ignores its default value. So a limit that another administrator sets later is written into it,
  // at once with the drawing, so that nothing typed in between is lost.
  useLayoutEffect(() => {
    fillForm(form.current!, typedOf(drawn.current), { ...limits });
    drawn.current = limits;
  }, [limits]);
  const nameOf = (name: (typeof callLimitNames)[number]) => t(name, { hours });
  return (
    <>
      <h2>{t('use')}</h2>
      <FactsList
        of={[
          [t('calls'), String(apiRequests)],
          [t('lastCall'), lastRequestAt ? <Time at={lastRequestAt} /> : t('never')],
          ...callLimitNames.map((name) => {
            const { used, limit, resetsAt } = quota[name];
            const text = t('used', { used, limit });
            return [
              nameOf(name),
              resetsAt ? `${text} · ${t('resets', { time: dateTime(resetsAt) })}` : text,
            ] as const;
          }),
          [t('invitesSent'), t('invitesUsed', { used: invitesSent, limit: limits.invites })],
        ]}
      />
      <h3>{t('grants')}</h3>
      <Form
        of={form}
        button={t('saveLimits')}
        send={async (fields) => {
          const changes = changesOf(fields, { ...limits });
          if (Object.keys(changes).length > 0) {
            await call<typeof updateUser>('PATCH', path, { limits: changes });
            changed();
          }
          return t('limitsSaved');
        }}
      >
        {callLimitNames.map((name) => (
          <TextField
            key={name}
            name={name}
            label={nameOf(name)}
            hint={t('ownLimit')}
            type="number"
            min={0}
            max={settingLimits.userCalls}
            defaultValue={limits[name] ?? ''}
          />
        ))}
        <TextField
          name="invites"
          label={t('invites')}
          hint={t('ownLimit')}
          type="number"
          min={0}
          max={settingLimits.userInvites}
          defaultValue={limits.invites}
        />
      </Form>
    </>
  );
}

/** Limits as the text in their fields. */
const typedOf = (limits: Readonly<Record<string, number | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(limits).map(([name, limit]) => [name, String(limit ?? '')]));

/** The changed limits as a request body. An empty field means the default limit. */
const changesOf = (
  fields: Record<string, unknown>,
  limits: Readonly<Record<string, number | null>>,
): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([name, text]) => [name, text === '' ? null : Number(text)] as const)
      .filter(([name, value]) => value !== limits[name]),
  );
