import { languages } from '../../../languages.ts';
import { useFacts } from '../../kit/facts.ts';
import { FactsList } from '../../kit/facts-list.tsx';
import { Time } from '../../kit/time.tsx';
import type { ReadInvite } from '../invites/invite.ts';
import type { StoryTexts } from './texts.ts';

/** The settings with which the invite was made. */
export function Details({ invite, t }: { invite: ReadInvite; t: StoryTexts }) {
  const { apps } = useFacts<{ apps: Readonly<Record<string, string>> }>();
  const { kind, role, uses, maxUses, expiresAt, label, note, message, app, locale } = invite;
  const facts = [
    [t('kindOf'), t(kind)],
    [t('role'), t(role)],
    [t('uses'), t('usedOf', { uses, maxUses })],
    [t('expires'), expiresAt ? <Time at={expiresAt} /> : t('never')],
    [t('byLabel'), label],
    [t('note'), note],
    [t('message'), message],
    // An app that the deployment no longer has is known only by its name, without a title.
    [t('app'), app && (apps[app] ?? app)],
    [t('language'), locale && languages[locale]],
  ] as const;
  return <FactsList of={facts} />;
}
