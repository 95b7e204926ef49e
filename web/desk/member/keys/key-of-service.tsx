import { useState } from 'preact/hooks';
import { useFacts } from '../../kit/facts.ts';
import { OutcomeNotice, useOutcome } from '../../kit/outcome.tsx';
import { useTexts } from '../../kit/texts.ts';
import { told } from '../../kit/told.ts';
import type { Key, KeyFacts, Service, Texts } from './key.ts';
import { KeyActions } from './key-actions.tsx';
import { KeyForm } from './key-form.tsx';
import { StoredKey } from './stored-key.tsx';
import { Uses } from './uses.tsx';

interface OfService {
  service: Service;
  stored: Key | undefined;
  /** Shows the changed key; undefined if it was deleted. */
  put(key: Key | undefined): void;
}

/** A service with its key, the actions on the key, and its uses. */
export function KeyOfService({ service, stored, put }: OfService) {
  const t: Texts = useTexts();
  const { services } = useFacts<KeyFacts>();
  const outcome = useOutcome();
  const [isReplacing, setReplacing] = useState(false);
  const saved = (key: Key, hasTypedOn: boolean) => {
    put(key);
    setReplacing(hasTypedOn);
    outcome.say(t('saved'));
  };
  return (
    <>
      {service.isGone && <p class="notice">{t('gone')}</p>}
      {stored ? <StoredKey stored={stored} /> : <p class="loading">{t('none')}</p>}
      {stored && <KeyActions service={service} stored={stored} put={put} outcome={outcome} />}
      <OutcomeNotice of={outcome} />
      {!service.isGone && (
        // One form with and without a key, so that typed text stays when a key comes or goes.
        <details
          open={!stored || isReplacing}
          onToggle={({ currentTarget }) => stored && setReplacing(currentTarget.open)}
        >
          <summary hidden={!stored} aria-label={told(t('replace'), service.title)}>
            {stored && t('replace')}
          </summary>
          <KeyForm
            service={service}
            keysUrl={services[service.service]?.keysUrl ?? null}
            saved={saved}
            starts={outcome.clear}
          />
        </details>
      )}
      <Uses service={service} />
    </>
  );
}
