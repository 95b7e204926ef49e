import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Role } from '#shared/users/user.ts';
import { useFacts } from '../../kit/facts.ts';
import { Table } from '../../kit/table.tsx';
import { LiftForm } from '../invites/lift-form.tsx';
import { isHeld, type Expected, type Preview } from './preview-people.ts';
import type { InvitingFacts, InvitingTexts } from './wish.ts';

interface Parts {
  preview: Preview;
  /** The role of people whose line names no role. */
  role: Role | undefined;
  /** Columns of a typed table that Latchkey does not know. */
  ignored: readonly string[];
  sendsMail: boolean;
  t: InvitingTexts;
  /** The button that sends. */
  children: ComponentChildren;
}

/** Shows what would be sent to whom, before anything is sent. */
export function PreviewParts({ preview: { expected, mails }, role, ignored, sendsMail, t, children }: Parts) {
  const invited = expected.filter(({ result }) => result === 'invited');
  const repeats = expected.filter(({ result }) => result === 'duplicate');
  const others = expected.filter(isHeld);
  const section = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    // On a phone the preview begins below the screen, and the button seems to do nothing.
    const { top } = section.current!.getBoundingClientRect();
    if (top > innerHeight / 2) section.current!.scrollIntoView();
  }, []);
  const admins = invited.filter(({ person }) => (person.wish.role ?? role) === 'admin').length;
  return (
    <section aria-labelledby="previewed" ref={section}>
      <h2 id="previewed">{t('previewed')}</h2>
      <p role="status">
        <span class="tag active">{t(sendsMail ? 'willMail' : 'willLink', { count: invited.length })}</span>{' '}
        {others.length > 0 && <span class="tag bad">{t('willNot', { count: others.length })}</span>}
      </p>
      {admins > 0 && <p class="notice">{t('admins', { count: admins })}</p>}
      {ignored.length > 0 && <p class="hint">{t('ignoredColumns', { names: ignored.join(', ') })}</p>}
      {repeats.length > 0 && (
        <details>
          <summary>{t('repeats', { count: repeats.length })}</summary>
          <Addresses of={repeats} />
        </details>
      )}
      {others.length > 0 && <Held items={others} t={t} />}
      {others.some(({ result }) => result === 'suppressed') && <LiftForm t={t} />}
      {invited.length > 0 && (
        <details>
          <summary>{t('whoGets')}</summary>
          <Addresses of={invited} />
        </details>
      )}
      {mails.map((mail) => (
        <Mail key={`${mail.locale} ${mail.text}`} mail={mail} t={t} />
      ))}
      {children}
    </section>
  );
}

const Addresses = ({ of: people }: { of: readonly Expected[] }) => (
  <ul class="addresses">
    {people.map(({ email }, at) => (
      <li key={at}>{email}</li>
    ))}
  </ul>
);

/** Who gets no invite, and why. */
export function Held({
  items,
  t,
}: {
  items: readonly Pick<Expected, 'email' | 'result' | 'reason'>[];
  t: InvitingTexts;
}) {
  return (
    <Table
      name={t('whoGetsNot')}
      items={items}
      keyOf={({ email, result }) => `${email} ${result}`}
      columns={[
        { title: t('address'), isHeader: true, cell: ({ email }) => email },
        { title: t('why'), cell: ({ result, reason }) => reason ?? t(result) },
      ]}
    />
  );
}

function Mail({ mail: { locale, subject, text }, t }: { mail: Preview['mails'][number]; t: InvitingTexts }) {
  const { appName } = useFacts<InvitingFacts>();
  return (
    <figure class="mail" aria-label={t('mailPreview')}>
      <figcaption>
        <span class="hint">{t('from')}</span> {appName}
        <br />
        <span class="hint">{t('subject')}</span> <strong lang={locale}>{subject}</strong>
      </figcaption>
      <pre lang={locale}>{text}</pre>
    </figure>
  );
}
