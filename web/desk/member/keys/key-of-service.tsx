import { useFacts } from '../../kit/facts.ts';
import { OutcomeNotice, useOutcome } from '../../kit/outcome.tsx';
import { useTexts } from '../../kit/texts.ts';
import type { Key, KeyFacts, Service, Texts } from './key.ts';
import { KeyActions } from './key-actions.tsx';
import { KeyForm } from './key-form.tsx';
import { StoredKey } from './stored-key.tsx';
import { Uses } from './uses.tsx';

interface OfService {
  service: Service;
  stored: Key | undefined;
  /** Shows the key as it is now; undefined where it is deleted. */
  put(key: Key | undefined): void;
}

/** A service with its key, what can be done to the key, and what it was used for. */
export function KeyOfService({ service, stored, put }: OfService) {
  const t: Texts = useTexts();
  const { services } = useFacts<KeyFacts>();
  const outcome = useOutcome();
  const saved = (key: Key) => {
    put(key);
    outcome.say(t('saved'));
  };
  const form = (
    <KeyForm
      service={service}
      keysUrl={services[service.service]?.keysUrl ?? null}
      saved={saved}
      starts={outcome.clear}
    />
  );
  return (
    <>
      {service.isGone && <p class="notice">{t('gone')}</p>}
      {stored ? <StoredKey stored={stored} /> : <p class="loading">{t('none')}</p>}
      {stored && <KeyActions service={service} stored={stored} put={put} outcome={outcome} />}
      <OutcomeNotice of={outcome} />
      {!service.isGone && !stored && form}
      {!service.isGone && stored && (
        <details>
          <summary aria-label={`${t('replace')}: ${service.title}`}>{t('replace')}</summary>
          {form}
        </details>
      )}
      <Uses service={service} />
    </>
  );
}
