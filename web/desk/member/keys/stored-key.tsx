import { day } from '#shared/clock.ts';
import { FactsList } from '../../kit/facts-list.tsx';
import { useTexts } from '../../kit/texts.ts';
import { Time } from '../../kit/time.tsx';
import type { Key, Texts } from './key.ts';

/** How long before its expiry a key is marked. */
const warnMs = 7 * day;

/** A key, shown by its last characters, with its state. */
export function StoredKey({ stored }: { stored: Key }) {
  const t: Texts = useTexts();
  const { last4, state, createdAt, expiresAt, lastUsedAt, title } = stored;
  const endsSoon = state === 'active' && Date.parse(expiresAt) - Date.now() < warnMs;
  return (
    <>
      <p>
        <code class="secret-end">••••{last4}</code>{' '}
        <span class={`tag ${state === 'expired' ? 'bad' : state}`}>{t(state)}</span>{' '}
        {endsSoon && <span class="tag bad">{t('endsSoon')}</span>}
      </p>
      {state === 'expired' && <p class="notice error">{t('renewHint', { service: title })}</p>}
      {endsSoon && <p class="notice">{t('endsSoonHint')}</p>}
      <FactsList
        of={[
          [t('added'), <Time at={createdAt} />],
          [t('until'), <Time at={expiresAt} />],
          [t('lastUse'), lastUsedAt === null ? t('unused') : <Time at={lastUsedAt} />],
        ]}
      />
    </>
  );
}
