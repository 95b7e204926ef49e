import { useEffect } from 'preact/hooks';
import type readMe from '#functions/me/read.ts';
import { call } from '../../browser/api.ts';
import { useFacts } from '../kit/facts.ts';
import { Loaded, useLoad } from '../kit/load.tsx';
import { goToSection, Section } from '../kit/section.tsx';
import { useTexts } from '../kit/texts.ts';
import { Apps } from './account/apps.tsx';
import { Activity } from './account/activity.tsx';
import { Deletion } from './account/deletion.tsx';
import { EmailAddress } from './account/email.tsx';
import { Export } from './account/export.tsx';
import { ChangePassword } from './account/password.tsx';
import { Profile } from './account/profile.tsx';
import { Sessions, useSessions } from './account/sessions.tsx';
import type { AccountFacts, Me, Texts } from './account/account.ts';

/** My account. Each part is read separately, and shows its own error if that fails. */
export function Account() {
  const me = useLoad(() => call<typeof readMe>('GET', '/v1/me'), []);
  return <Loaded of={me}>{(shown) => <Parts me={shown} changed={(next) => me.put(() => next)} />}</Loaded>;
}

function Parts({ me, changed }: { me: Me; changed: (me: Me) => void }) {
  const t: Texts = useTexts();
  const { hasPassword } = useFacts<AccountFacts>();
  const sessions = useSessions();
  useEffect(goToSection, []);
  const parts = [
    { id: 'profile', title: t('profile'), part: <Profile me={me} changed={changed} /> },
    ...(hasPassword
      ? [
          { id: 'email', title: t('email'), part: <EmailAddress me={me} changed={changed} /> },
          {
            id: 'password',
            title: t('password'),
            part: <ChangePassword me={me} changed={sessions.reload} />,
          },
        ]
      : []),
    { id: 'sessions', title: t('sessions'), part: <Sessions list={sessions} /> },
    { id: 'apps', title: t('appsUsed'), part: <Apps /> },
    { id: 'activity', title: t('happened'), part: <Activity /> },
    { id: 'data', title: t('data'), part: <Export /> },
    { id: 'delete', title: t('delete'), part: <Deletion /> },
  ];
  return (
    <>
      <nav aria-label={t('onThisPage')}>
        {parts.map(({ id, title }) => (
          <a key={id} href={`#${id}`}>
            {title}
          </a>
        ))}
      </nav>
      {parts.map(({ id, title, part }) => (
        <Section key={id} id={id} title={title}>
          {part}
        </Section>
      ))}
    </>
  );
}
