import { fetchInTime } from '../fetch-in-time.ts';
import { allowAgain, sendBy } from '../submit.ts';
import { watchPlace } from '../watch-place.ts';
import { forgetAddress } from './carry-address.ts';
import { forgetTyped } from './keep-typed.ts';
import { lostNotice } from './lost-notice.ts';
import { turnPage } from './turn-page.ts';

/** Whether the form is on a guest's page. The server answers it with that page again or with the address of the next one. */
const isGuests = (form: HTMLFormElement): boolean => form.matches('main form[method=post]');

/** The fragment of the page wanted before sign-in. Browsers keep it across redirects, and servers never see it. */
const wantedPlace = location.hash;

const underWay = new WeakSet<HTMLFormElement>();

let sentCount = 0;
/** How many forms were sent from here. */
export const countSent = (): number => sentCount;

/** Sends a form. @returns the same page with the mistakes; undefined if the next page is on its way. */
async function send(form: HTMLFormElement): Promise<string | undefined> {
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  const answer = await fetchInTime(form.action, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { accept: 'text/html, application/json' },
  });
  const isPage = answer.headers.get('content-type')?.startsWith('text/html');
  if (isPage) return await answer.text();
  const { next } = (await answer.json()) as { next?: string };
  if (next === undefined) throw new Error('no answer of ours');
  // A password has signed the guest in, perhaps to an app, where no page of ours could forget the address.
  if (form.elements.namedItem('password')) forgetAddress();
  if (form.matches('[action="/register"]')) forgetTyped();
  const url = new URL(next, location.href);
  if (location.pathname === '/login') url.hash ||= wantedPlace;
  location.assign(url);
  return undefined;
}

/** Says above the button that no answer came, and that nothing typed is lost. */
function sayLost(form: HTMLFormElement): void {
  form.querySelector(':scope > button')?.before(lostNotice(document.body.dataset['ifLost']));
  // A captcha is good once, and the server may have taken it.
  const captcha = form.querySelector<HTMLInputElement>('input[name=captcha]');
  if (captcha) captcha.value = '';
  allowAgain(form);
}

/**
 * Sends the forms of guests without leaving their page. Nothing typed is lost, passwords included, if the server finds a mistake or
 * the connection fails.
 * @param start starts what the forms of a page need.
 */
export function sendInPlace(start: () => void): void {
  const sendOnce = async (form: HTMLFormElement, hasGoneOn = watchPlace()) => {
    if (underWay.has(form)) return;
    underWay.add(form);
    sentCount += 1;
    form.querySelector(':scope > .notice.error')?.remove();
    form.setAttribute('aria-busy', 'true');
    try {
      const html = await send(form);
      if (html === undefined) return;
      const isElsewhere = hasGoneOn();
      turnPage(html);
      start();
      // A focus on a link or a button was lost with the replaced page.
      if (!isElsewhere || document.activeElement === document.body)
        document.querySelector<HTMLElement>('[autofocus]')?.focus();
    } catch {
      sayLost(form);
    } finally {
      form.removeAttribute('aria-busy');
      underWay.delete(form);
    }
  };
  sendBy((form, hasGoneOn) => (isGuests(form) ? void sendOnce(form, hasGoneOn) : form.submit()));
  addEventListener('submit', (event) => {
    const { target: form } = event;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !isGuests(form)) return;
    event.preventDefault();
    void sendOnce(form);
  });
}
