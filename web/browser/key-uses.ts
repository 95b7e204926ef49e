import type listKeyUses from '#functions/key-use/list.ts';
import { call } from './api.ts';
import { dateTime } from './date-time.ts';
import { element } from './element.ts';
import { problemNotice } from './notices.ts';
import { once } from './submit.ts';
import type { Texts } from './texts.ts';

/** The uses of a key, newest first: fetched each time the list is opened. @param path of the key. */
export function keyUses(path: string, title: string, texts: Texts): HTMLDetailsElement {
  const list = element('ul', { className: 'uses' });
  const status = element('div', { role: 'status' });
  const more = element('button', { type: 'button', className: 'plain', hidden: true }, texts('more'));
  const summary = element('summary', {}, texts('uses'));
  summary.setAttribute('aria-label', `${texts('uses')}: ${title}`);
  let cursor: string | null = null;

  const load = async (after: string | null) => {
    const query = new URLSearchParams({ limit: '10', ...(after && { cursor: after }) });
    try {
      const { items, nextCursor } = await call<typeof listKeyUses>('GET', `${path}/uses?${query}`);
      const rows = items.map((use) =>
        element(
          'li',
          {},
          element('code', {}, use.call),
          element('p', { className: 'hint' }, [dateTime(use.at), use.address].filter(Boolean).join(' · ')),
        ),
      );
      if (after) list.append(...rows);
      else list.replaceChildren(...rows);
      cursor = nextCursor;
      more.hidden = nextCursor === null;
      const isEmpty = more.hidden && list.childElementCount === 0;
      status.replaceChildren(...(isEmpty ? [element('p', { className: 'hint' }, texts('unused'))] : []));
    } catch (problem) {
      status.replaceChildren(problemNotice(problem, texts('notDone')));
    }
  };
  more.addEventListener(
    'click',
    once(() => load(cursor)),
  );
  const details = element('details', {}, summary, list, status, more);
  details.addEventListener('toggle', () => details.open && void load(null));
  return details;
}
