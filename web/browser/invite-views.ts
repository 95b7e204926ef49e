import type createInvites from '#functions/admin-invite/create.ts';
import type listInvites from '#functions/admin-invite/list.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { inviteStates, isGood } from '#shared/invites/states.ts';
import { dateTime } from './date-time.ts';
import { element } from './element.ts';
import type { Texts } from './texts.ts';

/** One row of the list. */
export type Invite = AnswerOf<typeof listInvites>['items'][number];

/** The part that the panel shows of a row in the answer to creating. */
export type Created = Pick<
  AnswerOf<typeof createInvites>['invites'][number],
  'email' | 'url' | 'code' | 'result' | 'reason'
>;

/** What can be done to an invite: see its link again, give it a new one, or withdraw it. */
export type Action = 'show' | 'reissue' | 'revoke';

/** Deliveries that want the admin's attention. */
const troubles = new Set(['bounced', 'complained', 'failed']);

/** One invite of the list, with what can be done to it. */
export function inviteItem(
  invite: Invite,
  texts: Texts,
  act: (id: string, action: Action) => void,
): HTMLLIElement {
  const { id, status, email, note, uses, maxUses, delivery, expiresAt } = invite;
  const canReissue = inviteStates[status].reissue === 'done';
  const trouble = delivery !== undefined && troubles.has(delivery);
  const facts = [
    maxUses > 1 && `${uses}/${maxUses} ${texts('uses')}`,
    delivery && !trouble && texts(delivery),
    canReissue && expiresAt && `${texts('until')} ${dateTime(expiresAt)}`,
    note,
  ];
  const tag = (name: string) => element('span', { className: `tag ${name}` }, texts(name));
  const button = (action: Action) =>
    element('button', { type: 'button', className: 'plain', onclick: () => act(id, action) }, texts(action));
  const actions = [
    ...(isGood(status) ? [button('show')] : []),
    ...(inviteStates[status].revoke === 'done' ? [button('revoke')] : []),
    ...(canReissue ? [button('reissue')] : []),
  ];
  return element(
    'li',
    {},
    element('strong', {}, email ?? texts('anybody')),
    tag(status),
    ...(trouble ? [' ', tag(delivery === 'failed' ? 'undelivered' : delivery)] : []),
    element('p', { className: 'hint' }, facts.filter(Boolean).join(' · ')),
    ...(actions.length > 0 ? [element('p', { className: 'actions' }, ...actions)] : []),
  );
}

/** A new link with the button that copies it, or why there is none. */
export function createdItem({ email, url, code, result, reason }: Created, texts: Texts): HTMLLIElement {
  const about = element('strong', {}, [email, texts(result)].filter(Boolean).join(': '));
  if (!url) return element('li', {}, about, ...(reason ? [element('p', { className: 'hint' }, reason)] : []));
  const copy = element('button', { type: 'button', className: 'plain' }, texts('copy'));
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(url);
    copy.textContent = texts('copied');
  });
  return element(
    'li',
    {},
    about,
    element('code', { className: 'link' }, url),
    ...(code ? [element('p', {}, `${texts('code')} `, element('code', {}, code))] : []),
    element('p', { className: 'actions' }, copy),
  );
}
