import type putKey from '#functions/key/put.ts';
import type listKeys from '#functions/key/list.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { call } from './api.ts';
import { startApiForm } from './api-forms.ts';
import { keyItem, type Key, type Service } from './key-item.ts';
import { problemNotice } from './notices.ts';
import { showQuota } from './quota.ts';
import { textsOf, type Texts } from './texts.ts';

/** Fills the page of my API keys: of each service the key, the form that keeps one, and my limits. */
export async function startKeys(page: HTMLElement): Promise<void> {
  const texts = textsOf(page);
  const shows = new Map<string, (key: Key) => void>();
  const choose = startKeyForm(page, texts, (key) => shows.get(key.service)?.(key));
  void showQuota(page, texts);
  try {
    const { items, services } = await call<typeof listKeys>('GET', '/v1/keys');
    const gone = items.filter((key) => !services.some(({ service }) => service === key.service));
    for (const one of [...services, ...gone]) {
      const { service } = one;
      const isGone = (gone as Service[]).includes(one);
      const { item, show } = keyItem(one, texts, isGone ? undefined : () => choose(service));
      shows.set(service, show);
      show(items.find((key) => key.service === service));
      page.querySelector('#key-list')!.append(item);
    }
    page.hidden = false;
  } catch (problem) {
    if ((problem as Partial<Problem>).code === 'not_verified')
      document.querySelector('#verify-first')!.removeAttribute('hidden');
    else document.querySelector('#keys-status')!.replaceChildren(problemNotice(problem, texts('notDone')));
  }
}

/** @returns what chooses a service in the form and leads to where its key is typed. */
function startKeyForm(page: HTMLElement, texts: Texts, done: (key: Key) => void): (service: string) => void {
  const form = page.querySelector<HTMLFormElement>('#key-form');
  if (!form) return () => undefined;
  const find = <E extends HTMLElement>(selector: string): E => form.querySelector<E>(selector)!;
  const select = find<HTMLSelectElement>('#service');
  const key = find<HTMLInputElement>('#key');
  const check = find<HTMLInputElement>('#check');
  const adapt = () => {
    const option = select.selectedOptions[0]!;
    check.disabled = option.dataset['unchecked'] !== undefined;
    check.closest<HTMLElement>('.field')!.hidden = check.disabled;
    check.labels![0]!.textContent = texts('check', { service: option.text });
  };
  select.addEventListener('change', adapt);
  // Some browsers keep the choice when the page is loaded again.
  adapt();
  startApiForm<typeof putKey>(form, texts('notDone'), (answer) => {
    key.value = '';
    done(answer);
  });
  return (service) => {
    select.value = service;
    adapt();
    key.focus();
  };
}
