import type deleteKey from '#functions/key/delete.ts';
import type listKeys from '#functions/key/list.ts';
import type updateKey from '#functions/key/update.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from './api.ts';
import { dateTime } from './date-time.ts';
import { element } from './element.ts';
import { keyUses } from './key-uses.ts';
import { goodNotice, problemNotice } from './notices.ts';
import type { Texts } from './texts.ts';

export type Key = AnswerOf<typeof listKeys>['items'][number];

/** A service that keys are kept for, or were. */
export type Service = Pick<Key, 'service' | 'title'>;

interface KeyItem {
  item: HTMLLIElement;
  /** Shows the key as it is now; undefined where there is none. */
  show(key: Key | undefined): void;
}

/**
 * A service with its key, the actions on the key, and the key's uses.
 * @param enter leads to where a key is typed; absent for a service that the deployment no longer has.
 */
export function keyItem({ service, title }: Service, texts: Texts, enter?: () => void): KeyItem {
  const path = `/v1/keys/${service}`;
  const body = element('div');
  const status = element('div', { role: 'status' });
  let isBusy = false;
  const act = async (said: string, ask: () => Promise<Key | undefined>) => {
    if (isBusy) return;
    isBusy = true;
    try {
      show(await ask());
      status.replaceChildren(goodNotice(texts(said)));
    } catch (problem) {
      status.replaceChildren(problemNotice(problem, texts('notDone')));
    } finally {
      isBusy = false;
    }
  };
  const change = (said: string, wish: object) =>
    void act(said, () => call<typeof updateKey>('PATCH', path, wish));
  const button = (name: string, onclick: () => void) => {
    const made = element('button', { type: 'button', className: 'plain', onclick }, texts(name));
    made.setAttribute('aria-label', `${texts(name)}: ${title}`);
    return made;
  };
  const remove = () => {
    if (confirm(texts('deleteSure', { service: title })))
      void act('deleted', () => call<typeof deleteKey>('DELETE', path));
  };
  const buttons = (key: Key | undefined): HTMLElement[] => {
    if (!key) return enter ? [button('enter', enter)] : [];
    const renew = button('renew', () => change('renewed', { renew: true }));
    const flip = key.active
      ? button('switchOff', () => change('switchedOff', { active: false }))
      : button('switchOn', () => change('switchedOn', { active: true }));
    return [...(enter ? [renew, flip] : []), button('delete', remove)];
  };

  const show = (key: Key | undefined) => {
    const focused = [...body.querySelectorAll('button')].findIndex((one) => one === document.activeElement);
    const actions = buttons(key);
    body.replaceChildren(
      element('strong', {}, title),
      ...(key ? facts(key, texts) : [element('p', { className: 'hint' }, texts('none'))]),
      element('p', { className: 'actions' }, ...actions),
    );
    // Keyboard users keep their place.
    if (focused >= 0) (actions[focused] ?? actions[0])?.focus();
  };
  return { item: element('li', {}, body, status, keyUses(path, title, texts)), show };
}

function facts({ title, last4, state, expiresAt, lastUsedAt }: Key, texts: Texts): HTMLElement[] {
  const lines = [
    texts('until', { time: dateTime(expiresAt) }),
    lastUsedAt === null ? texts('unused') : texts('lastUse', { time: dateTime(lastUsedAt) }),
    ...(state === 'expired' ? [texts('renewHint', { service: title })] : []),
  ];
  return [
    element('span', { className: `tag ${state}` }, texts(state)),
    element('code', {}, `••••${last4}`),
    ...lines.map((line) => element('p', { className: 'hint' }, line)),
  ];
}
