import type checkKey from '#functions/key/check.ts';
import type deleteKey from '#functions/key/delete.ts';
import type updateKey from '#functions/key/update.ts';
import { call } from '../../../browser/api.ts';
import { ActButton } from '../../kit/act.tsx';
import { inTurn } from '../../kit/in-turn.ts';
import type { Outcome } from '../../kit/outcome.tsx';
import { useTexts } from '../../kit/texts.ts';
import { told } from '../../kit/told.ts';
import type { Key, Service, Texts } from './key.ts';

interface Acts {
  service: Service;
  stored: Key;
  put(key: Key | undefined): void;
  outcome: Outcome;
}

/** The actions on a key. If the service is gone, the key can only be deleted. */
export function KeyActions({ service: { service, title, checkable, isGone }, stored, put, outcome }: Acts) {
  const t: Texts = useTexts();
  const path = `/v1/keys/${service}`;
  const common = { outcome, ifLost: t('lostKeys') };
  const named = (label: string) => ({ ...common, label, name: told(label, title) });
  const change = (wish: object, said: string) => async () => {
    put(await inTurn([path], () => call<typeof updateKey>('PATCH', path, wish)));
    return said;
  };
  const check = async () => {
    const { accepted } = await call<typeof checkKey>('POST', `${path}/check`);
    if (accepted) return t('accepted', { service: title });
    throw { title: t('notAccepted', { service: title }), detail: t('notAcceptedHint') };
  };
  const remove = async () => {
    await inTurn([path], () => call<typeof deleteKey>('DELETE', path));
    put(undefined);
    return t('deleted');
  };
  return (
    <p class="actions">
      {checkable && stored.state === 'active' && <ActButton {...named(t('checkNow'))} run={check} />}
      {!isGone && <ActButton {...named(t('renew'))} run={change({ renew: true }, t('renewed'))} />}
      {!isGone && (
        <ActButton
          {...named(t(stored.active ? 'switchOff' : 'switchOn'))}
          run={change({ active: !stored.active }, t(stored.active ? 'switchedOff' : 'switchedOn'))}
        />
      )}
      <ActButton
        {...named(t('delete'))}
        isDangerous
        asks={<p>{t('deleteSure', { service: title })}</p>}
        run={remove}
      />
    </p>
  );
}
