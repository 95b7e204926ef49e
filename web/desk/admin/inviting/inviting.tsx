import { useQuery } from '../../kit/query.ts';
import { useTexts } from '../../kit/texts.ts';
import { MailPeople } from './mail-people.tsx';
import { MakeLink } from './make-link.tsx';
import type { InvitingTexts } from './wish.ts';

const ways = { mail: 'mailPeople', link: 'makeLink' } as const;

/** The two ways to invite, each at its own address. What is typed in one stays while the other is shown. */
export function Inviting() {
  const t: InvitingTexts = useTexts();
  const [query, change] = useQuery(['way']);
  const isLink = query.way === 'link';
  return (
    <>
      <nav class="tabs" aria-label={t('ways')}>
        {(['mail', 'link'] as const).map((way) => (
          <a
            key={way}
            href={`?${new URLSearchParams({ way })}`}
            aria-current={(way === 'link') === isLink ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault();
              change({ way });
            }}
          >
            {t(ways[way])}
          </a>
        ))}
      </nav>
      <div hidden={isLink}>
        <MailPeople t={t} />
      </div>
      <div hidden={!isLink}>
        <MakeLink t={t} />
      </div>
    </>
  );
}
