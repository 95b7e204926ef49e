import type createInvites from '#functions/admin-invite/create.ts';
import type listInvites from '#functions/admin-invite/list.ts';
import type readInvite from '#functions/admin-invite/read.ts';
import type reissueInvite from '#functions/admin-invite/reissue.ts';
import type revokeInvite from '#functions/admin-invite/revoke.ts';
import { addressesIn } from '#shared/mailbox.ts';
import type { Problem } from '#shared/errors/problem.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call, Unanswered } from './api.ts';
import { element } from './element.ts';
import { createdItem, inviteItem } from './invite-views.ts';
import { goodNotice, problemNotice } from './notices.ts';
import type { Action, Created } from './invites.ts';
import { once } from './once.ts';
import { textsOf } from './texts.ts';

const path = '/v1/admin/invites';

const listPath = (status: string, after: string | null): string =>
  `${path}?${new URLSearchParams({ ...(status && { status }), ...(after && { cursor: after }) })}`;

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
  /** In the document's words, with the reason below. */
  const complainOfCreation = (problem: unknown) => {
    if (problem instanceof Unanswered) return complain(problem);
    const { title, detail, errors } = (problem ?? {}) as Partial<Problem>;
    const reason = [title, detail].filter(Boolean).join(': ');
    created.replaceChildren(problemNotice({ title: texts('failed'), detail: reason }, '', errors));
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

  const ask = (id: string, action: Action) =>
    action === 'show'
      ? call<typeof readInvite>('GET', `${path}/${id}`)
      : call<typeof reissueInvite | typeof revokeInvite>('POST', `${path}/${id}/${action}`, {});
  const act = once(async (id: string, action: Action) => {
    try {
      const invite = await ask(id, action);
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
      complainOfCreation(problem);
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

/** The last wish whose answer was lost, with its key: the same wish again is the same request. */
let unanswered: { wish: string; key: string } | undefined;

/** Creates what is wished for; sent again without having been answered, it is created once, and answered as at first. */
async function createOnce(wish: object): Promise<AnswerOf<typeof createInvites>> {
  const text = JSON.stringify(wish);
  if (unanswered?.wish !== text) unanswered = { wish: text, key: crypto.randomUUID() };
  const headers = { 'idempotency-key': unanswered.key };
  const answer = await call<typeof createInvites>('POST', path, wish, headers);
  unanswered = undefined;
  return answer;
}

function readWish(fields: FormData): object {
  const emails = addressesIn(String(fields.get('emails')));
  const note = String(fields.get('note'));
  const open = { count: Number(fields.get('count')), maxUses: Number(fields.get('maxUses')) };
  return {
    ...(emails.length > 0 ? { emails } : open),
    expiresInDays: Number(fields.get('expiresInDays')),
    locale: fields.get('locale'),
    ...(note && { note }),
  };
}
