import type readUser from '#functions/admin-user/read.ts';
import { displayName } from '#shared/users/user.ts';
import { call } from '../../browser/api.ts';
import { useFacts } from '../kit/facts.ts';
import { Loaded, useLoad } from '../kit/load.tsx';
import { OutcomeNotice, useOutcome } from '../kit/outcome.tsx';
import { useTexts } from '../kit/texts.ts';
import { useTitle } from '../kit/title.ts';
import { Access } from './person/access.tsx';
import { Branch } from './person/branch.tsx';
import { About } from './person/about.tsx';
import { Limits } from './person/limits.tsx';
import { Sessions } from './person/sessions.tsx';
import { UsedApps } from '../kit/used-apps.tsx';
import type { Person as PersonOf, Texts } from './person/person.ts';

/** One person: who they are, what they may and use, and whom they brought in. */
export function Person() {
  const t: Texts = useTexts();
  const { id } = useFacts<{ id: string }>();
  const path = `/v1/admin/users/${id}`;
  const loading = useLoad<PersonOf>(() => call<typeof readUser>('GET', path), [path]);
  const outcome = useOutcome();
  useTitle(loading.value && displayName(loading.value));
  const part = { t, path, outcome, changed: loading.reload };
  return (
    <>
      <p>
        <a href="/admin/people">← {t('people')}</a>
      </p>
      <Loaded of={loading}>
        {(person) => (
          <>
            <About person={person} t={t} />
            <OutcomeNotice of={outcome} />
            <Access person={person} {...part} />
            <Sessions person={person} {...part} />
            <h2>{t('appsUsed')}</h2>
            <UsedApps items={person.apps} t={t} />
            <Limits person={person} {...part} />
            <Branch t={t} path={path} />
          </>
        )}
      </Loaded>
    </>
  );
}
