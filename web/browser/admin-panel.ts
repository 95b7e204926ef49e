import type listInvites from '#functions/admin-invite/list.ts';
import type readInvite from '#functions/admin-invite/read.ts';
import type reissueInvite from '#functions/admin-invite/reissue.ts';
import type revokeInvite from '#functions/admin-invite/revoke.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { call, Unanswered } from './api.ts';
import { createOnce, creationNotice, invitesPath, readWish } from './create-invites.ts';
import { element } from './element.ts';
import { createdItem, inviteItem, type Action, type Created } from './invite-views.ts';
import { goodNotice, problemNotice } from './notices.ts';
import { once } from './submit.ts';
import { textsOf } from './texts.ts';

/** Does to one invite what a button of its row says. */
const change = (id: string, action: Action) =>
  action === 'show'
    ? call<typeof readInvite>('GET', `${invitesPath}/${id}`)
    : call<typeof reissueInvite | typeof revokeInvite>('POST', `${invitesPath}/${id}/${action}`, {});

const listPath = (status: string, after: string | null): string =>
  `${invitesPath}?${new URLSearchParams({ ...(status && { status }), ...(after && { cursor: after }) })}`;

/** Fills the admin's panel: the form that creates invites, and the list with its actions. */
export function startAdminPanel(panel: HTMLElement): void {
  const find = <E extends Element>(selector: string): E => panel.querySelector<E>(selector)!;
  const texts = textsOf(panel);
  const form = find<HTMLFormElement>('#invite-form');
  const created = find<HTMLElement>('#created');
  const list = find<HTMLUListElement>('#invites');
  const filter = find<HTMLSelectElement>('#filter');
  const more = find<HTMLButtonElement>('#more');
  let cursor: string | null = null;

  const complain = (problem: unknown) => {
    const { errors } = (problem ?? {}) as Partial<Problem>;
    created.replaceChildren(problemNotice(problem, texts('notDone'), errors));
  };

  const load = async (after: string | null) => {
    const { items, nextCursor } = await call<typeof listInvites>('GET', listPath(filter.value, after));
    const rows = items.map((invite) => inviteItem(invite, texts, act));
    if (after) list.append(...rows);
    else list.replaceChildren(...(rows.length > 0 ? rows : [element('li', {}, texts('none'))]));
    cursor = nextCursor;
    more.hidden = nextCursor === null;
  };

  // What was done is not called a failure where the list cannot be loaded again.
  const reload = () => load(null).catch(() => undefined);

  const show = (invites: Created[]) => {
    const some = invites.some(({ result }) => result === 'invited');
    created.replaceChildren(
      ...(some ? [goodNotice(texts('created'))] : []),
      element('ul', { className: 'rows' }, ...invites.map((invite) => createdItem(invite, texts))),
    );
    return reload();
  };

  const act = once(async (id: string, action: Action) => {
    try {
      const invite = await change(id, action);
      // Not waited for: only the act itself is not to be done twice.
      const shown = 'url' in invite && invite.url ? show([{ ...invite, result: 'invited' }]) : reload();
      shown.then(() => action !== 'revoke' && created.scrollIntoView({ block: 'nearest' })).catch(complain);
    } catch (problem) {
      complain(problem);
    }
  });

  const create = once(async () => {
    try {
      const { invites } = await createOnce(readWish(new FormData(form)));
      form.reset();
      show(invites).catch(complain);
    } catch (problem) {
      // Whether it was done is not known.
      if (problem instanceof Unanswered) complain(problem);
      else created.replaceChildren(creationNotice(problem, texts));
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    create();
  });
  filter.addEventListener('change', () => void load(null).catch(complain));
  const loadMore = once(() => load(cursor).catch(complain));
  more.addEventListener('click', loadMore);
  load(null).catch(complain);
}
