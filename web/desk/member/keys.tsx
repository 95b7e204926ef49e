import type listKeys from '#functions/key/list.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { call } from '../../browser/api.ts';
import { Loaded, useLoad } from '../kit/load.tsx';
import { Section } from '../kit/section.tsx';
import { useTexts } from '../kit/texts.ts';
import type { Answer, Key, Service, Texts } from './keys/key.ts';
import { KeyOfService } from './keys/key-of-service.tsx';
import { Limits } from './keys/limits.tsx';
import { Programs } from './keys/programs.tsx';

/** My API keys, one for each service, with my limits and how programs use the keys. */
export function Keys() {
  const t: Texts = useTexts();
  const keys = useLoad(() => call<typeof listKeys>('GET', '/v1/keys'), []);
  if ((keys.problem as Partial<Problem> | undefined)?.code === 'not_verified')
    return (
      <div class="notice">
        <p>{t('verifyFirst')}</p>
        <p class="actions">
          <a class="button" href="/verify">
            {t('confirmMailbox')}
          </a>
        </p>
      </div>
    );
  const put = (service: string) => (key: Key | undefined) =>
    keys.put((shown) => ({
      ...shown,
      items: [...shown.items.filter((one) => one.service !== service), ...(key ? [key] : [])],
    }));
  return (
    <>
      <Loaded of={keys}>
        {({ items, services }) => {
          const all = [...services.map((one) => ({ ...one, isGone: false })), ...goneOf(items, services)];
          return all.length > 0 ? (
            all.map((one) => (
              <Section key={one.service} id={`key-${one.service}`} title={one.title}>
                <KeyOfService
                  service={one}
                  stored={items.find(({ service }) => service === one.service)}
                  put={put(one.service)}
                />
              </Section>
            ))
          ) : (
            <div class="empty">{t('noServices')}</div>
          );
        }}
      </Loaded>
      <Section id="limits" title={t('quota')}>
        <Limits />
      </Section>
      <Section id="programs" title={t('programs')}>
        <Programs />
      </Section>
    </>
  );
}

/** Services that the deployment no longer has, but for which keys are still kept. */
const goneOf = (items: Answer['items'], services: Answer['services']): Service[] =>
  items
    .filter(({ service }) => !services.some((one) => one.service === service))
    .map(({ service, title }) => ({ service, title, checkable: false, isGone: true }));
