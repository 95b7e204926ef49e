import type deleteSession from '#functions/session/delete.ts';
import type listSessions from '#functions/session/list.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from './api.ts';
import { dateTime } from './date-time.ts';
import { element } from './element.ts';
import { goodNotice, problemNotice } from './notices.ts';
import { once } from './submit.ts';
import type { Texts } from './texts.ts';

type Session = AnswerOf<typeof listSessions>['items'][number];

/** Shows where I am signed in, and ends it elsewhere. @returns what loads the list again. */
export function startSessions(page: HTMLElement, texts: Texts): () => Promise<void> {
  const find = <E extends HTMLElement>(selector: string): E => page.querySelector<E>(selector)!;
  const list = find('#sessions');
  const others = find('#end-others');
  const status = find('#sessions-status');
  const complain = (problem: unknown) => status.replaceChildren(problemNotice(problem, texts('notDone')));

  const load = async () => {
    const { items } = await call<typeof listSessions>('GET', '/v1/sessions?limit=100');
    list.replaceChildren(...items.map((session) => sessionItem(session, texts, end)));
    others.hidden = items.length < 2;
  };
  const end = once((id: string) =>
    call<typeof deleteSession>('DELETE', `/v1/sessions/${id}`)
      // It has ended, also where the list cannot be loaded again.
      .then(() => load().catch(() => undefined))
      .then(() => status.replaceChildren(goodNotice(texts('sessionEnded'))))
      .catch(complain),
  );
  others.addEventListener('click', () => end('others'));
  load().catch(complain);
  return load;
}

function sessionItem(
  { id, current, device, address, lastSeenAt }: Session,
  texts: Texts,
  end: (id: string) => void,
): HTMLLIElement {
  const name = device.name ?? texts('unknownDevice');
  const facts = [`${texts('lastUse')} ${dateTime(lastSeenAt)}`, address].filter(Boolean).join(' · ');
  const button = element('button', { type: 'button', className: 'plain', onclick: () => end(id) });
  button.append(texts('endSession'));
  button.setAttribute('aria-label', `${texts('endSession')}: ${name}`);
  return element(
    'li',
    {},
    element('strong', {}, name),
    ...(current ? [element('span', { className: 'tag active' }, texts('thisDevice'))] : []),
    element('p', { className: 'hint' }, facts),
    ...(current ? [] : [element('p', { className: 'actions' }, button)]),
  );
}
