import type { Problem } from '#shared/errors/problem.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call, Unanswered, type Answering } from './api.ts';
import { solvedCaptcha } from './captcha.ts';
import { element } from './element.ts';
import { goodNotice, problemNotice } from './notices.ts';

type Field = HTMLInputElement | HTMLSelectElement;

/**
 * Sends a form of `apiForm` to the API in place of the browser, and shows the outcome in it.
 * @param failed the message for when the API cannot be reached.
 */
export function startApiForm<Declared extends Answering>(
  form: HTMLFormElement,
  failed: string,
  done: (answer: AnswerOf<Declared>) => unknown = () => undefined,
): void {
  const status = form.querySelector<HTMLElement>('[role=status]')!;
  const [method, template] = form.dataset['call']!.split(' ') as ['POST', string];
  const show = async (answer: AnswerOf<Declared>) => done(answer);
  let isBusy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    const { path, fields } = fillPath(template, fieldsOf(form));
    clearMistakes(form);
    try {
      const answer = await call<Declared>(method, path, fields).catch(async (error: Partial<Problem>) => {
        if (error.code !== 'captcha_required') throw error;
        return call<Declared>(method, path, { ...fields, captcha: await solvedCaptcha() });
      });
      // It is done, also where the page then cannot show how things stand.
      await show(answer).catch(() => undefined);
      // Said last: from then on people type again, and the script must not overwrite their input.
      status.replaceChildren(goodNotice(form.dataset['done']!));
    } catch (error) {
      const problem = aboutForm(form, error as Partial<Problem>);
      const unplaced = showMistakes(form, problem.errors ?? []);
      status.replaceChildren(problemNotice(problem, failed, unplaced));
    } finally {
      isBusy = false;
    }
  });
}

/** The form's values; a ticked box is true. */
const fieldsOf = (form: HTMLFormElement): Record<string, unknown> =>
  Object.fromEntries(
    [...new FormData(form)].map(([name, value]) => [
      name,
      form.querySelector(`input[type=checkbox][name="${name}"]`) ? true : value,
    ]),
  );

/** Puts a field that the path names, such as `{service}`, there and not into the body. */
function fillPath(template: string, all: Record<string, unknown>): { path: string; fields: object } {
  const [slot, name] = /\{(\w+)\}/.exec(template) ?? [];
  if (slot === undefined || name === undefined) return { path: template, fields: all };
  const { [name]: value, ...fields } = all;
  return { path: template.replace(slot, encodeURIComponent(String(value))), fields };
}

/** The problem, in the form's own words where no answer came, or a wrong password was to confirm the request. */
function aboutForm(form: HTMLFormElement, problem: Partial<Problem>): Partial<Problem> {
  const { wrong, ifLost } = form.dataset;
  if (problem instanceof Unanswered && ifLost) return { title: problem.title ?? '', detail: ifLost };
  // It was solved, and that took too long; what else there is to do is for programs.
  if (problem.code === 'captcha_required') return { title: problem.title ?? '' };
  const secret = form.querySelector<HTMLInputElement>('[autocomplete=current-password]');
  if (problem.code !== 'invalid_credentials' || !wrong || !secret) return problem;
  return { title: wrong, errors: [{ path: secret.name, message: wrong }] };
}

/** Shows each mistake at its field, and focuses the first. @returns the mistakes of no field. */
function showMistakes(form: HTMLFormElement, mistakes: NonNullable<Problem['errors']>): Problem['errors'] {
  const places = mistakes.map((mistake) => ({ mistake, field: form.elements.namedItem(mistake.path) }));
  const isShown = (field: unknown): field is Field => field instanceof HTMLElement && 'value' in field;
  const shown = places.flatMap(({ mistake, field }) => {
    if (!isShown(field) || field.type === 'hidden') return [];
    const id = `${field.id}-mistake`;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-errormessage', id);
    const note = element('p', { id, className: 'hint error' }, mistake.message);
    field.closest('.field')!.append(note);
    return [{ mistake, field }];
  });
  shown[0]?.field.focus();
  return mistakes.filter((mistake) => !shown.some((one) => one.mistake === mistake));
}

function clearMistakes(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-errormessage');
  }
  for (const note of form.querySelectorAll('[id$="-mistake"]')) note.remove();
}
