import type exportMe from '#functions/me/export.ts';
import type createCode from '#functions/code/create.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call, type Answering } from './api.ts';
import { startApiForm } from './api-forms.ts';
import { element } from './element.ts';
import { showMe } from './me.ts';
import { goodNotice, problemNotice } from './notices.ts';
import { once } from './submit.ts';
import { startSessions } from './sessions.ts';
import { textsOf } from './texts.ts';
import { watchMail } from './watch-mail.ts';

/** Brings the page of my account to life: its forms, the list of sessions, and the file of my data. */
export function startAccount(page: HTMLElement): void {
  const find = <E extends HTMLElement>(selector: string): E => page.querySelector<E>(selector)!;
  const texts = textsOf(page);
  const failed = texts('notDone');
  const start = <Declared extends Answering>(
    id: string,
    done: (answer: AnswerOf<Declared>, form: HTMLFormElement) => unknown,
  ) => {
    // Who has a device's key and nothing else has neither address nor password to change.
    const form = page.querySelector<HTMLFormElement>(`#${id}`);
    if (form) startApiForm<Declared>(form, failed, (answer) => done(answer, form));
  };
  const reloadSessions = startSessions(page, texts);

  start('profile-form', showMe);
  start('password-form', (_answer, form) => {
    form.reset();
    return reloadSessions();
  });
  start('delete-form', () => location.assign('/'));
  start<typeof createCode>('email-form', (answer, form) => {
    const next = find<HTMLFormElement>('#email-code-form');
    const put = (name: string, value: string) =>
      (next.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value);
    put('flow', answer.flow);
    put('email', String(new FormData(form).get('email')));
    put('code', '');
    // Which flow it is decides what the page says, not whose page it is.
    watchMail(`/verify/${encodeURIComponent(answer.flow)}`, (notice) => {
      if (!notice.classList.contains('good')) form.querySelector('[role=status]')!.replaceChildren(notice);
    });
    next.hidden = false;
    next.querySelector<HTMLInputElement>('[name=code]')!.focus();
  });
  start('email-code-form', async (_answer, form) => {
    const first = find<HTMLFormElement>('#email-form');
    first.reset();
    first.querySelector('[role=status]')!.replaceChildren(goodNotice(texts('emailChanged')));
    form.hidden = true;
    await showMe();
  });

  const exportOnce = once(() => {
    const status = find('#export-status');
    return call<typeof exportMe>('GET', '/v1/me/export')
      .then(saveFile)
      .then(() => status.replaceChildren(goodNotice(texts('exported'))))
      .catch((problem: unknown) => status.replaceChildren(problemNotice(problem, failed)));
  });
  find('#export').addEventListener('click', exportOnce);
}

/** Hands the export over as a file. It is fetched by the script because a link would carry no proof of the device. */
function saveFile(account: object): void {
  const text = JSON.stringify(account, null, 2);
  const href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  element('a', { href, download: 'latchkey-account.json' }).click();
  URL.revokeObjectURL(href);
}
