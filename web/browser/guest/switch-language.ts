import { fetchInTime } from '../fetch-in-time.ts';
import { allowAgain } from '../submit.ts';
import { takeMistakes } from './carry-mistakes.ts';
import { lostNotice } from './lost-notice.ts';
import { countSent } from './send-in-place.ts';
import { turnPage } from './turn-page.ts';

const isMine = (form: EventTarget | null): form is HTMLFormElement =>
  form instanceof HTMLFormElement && form.matches('.languages');

/** Whether a form is being sent. Its outcome is shown on this page, which must not change before. */
const isSending = (): boolean => document.querySelector('main form[aria-busy]') !== null;

/** The page once more in the language of the button. */
async function inLanguageOf(form: HTMLFormElement, button: HTMLElement | null): Promise<string> {
  const fields = [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);
  // Names the page by its invite link: the cookie may hold the invite of another tab (C70).
  const token = document.querySelector<HTMLInputElement>('main input[name=token]')?.value;
  if (token) fields.push(['here', `/invite/${token}${location.search}`]);
  const answer = await fetchInTime(form.action, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { accept: 'text/html' },
  });
  // The page of an error would replace what was typed.
  if (answer.status === 429 || answer.status >= 500) throw new Error('no page');
  return await answer.text();
}

/**
 * Switches the language of a guest's page in place, so that nothing typed is lost.
 * @param start starts what the page's forms need.
 */
export function switchInPlace(start: () => void): void {
  let told: HTMLElement | undefined;
  const sayLost = () => {
    told = lostNotice(document.body.dataset['languageLost']);
    document.querySelector('main h1')?.after(told);
  };
  const change = async (form: HTMLFormElement, button: HTMLElement | null) => {
    told?.remove();
    const before = countSent();
    const html = await inLanguageOf(form, button);
    if (countSent() > before || isSending()) return;
    const showMistakes = takeMistakes();
    turnPage(html);
    showMistakes();
    start();
    // A guest who went on typing keeps the focus.
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('.languages [aria-current]')?.focus();
  };
  // One after the other, so that the page and the cookie have the language that was chosen last.
  let turn = Promise.resolve();
  addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (!isMine(form)) return;
    event.preventDefault();
    allowAgain(form);
    if (isSending()) return;
    // After a failure nothing typed is lost, and the button can be pressed again.
    turn = turn.then(() => change(form, submitter)).catch(sayLost);
  });
}
