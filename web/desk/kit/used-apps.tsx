import { Table } from './table.tsx';
import type { TextOf } from './texts.ts';
import { Time } from './time.tsx';
import type { usedAppTexts } from '../../texts/used-apps.ts';

interface UsedApp {
  app: string;
  title: string;
  firstSignInAt: string;
  lastSignInAt: string;
}

/** The apps that a user has signed in to, with the first and the last time. */
export function UsedApps({ items, t }: { items: readonly UsedApp[]; t: TextOf<typeof usedAppTexts> }) {
  if (items.length === 0) return <div class="empty">{t('noAppsUsed')}</div>;
  return (
    <Table
      name={t('appsUsed')}
      items={[...items]}
      keyOf={({ app }) => app}
      columns={[
        { title: t('app'), isHeader: true, cell: ({ title }) => title },
        { title: t('firstSignIn'), cell: ({ firstSignInAt }) => <Time at={firstSignInAt} /> },
        { title: t('lastSignIn'), cell: ({ lastSignInAt }) => <Time at={lastSignInAt} /> },
      ]}
    />
  );
}
