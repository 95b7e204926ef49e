import { fetchInTime } from '../fetch-in-time.ts';
import { allowAgain, sendBy } from '../submit.ts';
import { watchPlace } from '../watch-place.ts';
import { forgetAddress } from './carry-address.ts';
import { forgetTyped } from './keep-typed.ts';
import { lostNotice } from './lost-notice.ts';
import { turnPage } from './turn-page.ts';

/** Whether the form is one of a guest's page, which the server answers by that page or by the next one. */
const isGuests = (form: HTMLFormElement): boolean => form.matches('main form[method=post]');

/** A place on the page that was wanted before signing in, which browsers hand on, and servers never see. */
const wantedPlace = location.hash;

const underWay = new WeakSet<HTMLFormElement>();

let sentCount = 0;
/** How many forms were sent from here. */
export const countSent = (): number => sentCount;

/** Sends a form. @returns the same page with what was wrong; undefined where the next page is on its way. */
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
  // Whoever gave a password is in, perhaps at an app, where no page of ours would forget for them.
  if (form.elements.namedItem('password')) forgetAddress();
  if (form.matches('[action="/register"]')) forgetTyped();
  const url = new URL(next, location.href);
  if (location.pathname === '/login') url.hash ||= wantedPlace;
  location.assign(url);
  return undefined;
}

/** Says above the button that nothing came back, and that nothing is lost. */
function sayLost(form: HTMLFormElement): void {
  form.querySelector(':scope > button')?.before(lostNotice(document.body.dataset['ifLost']));
  // A captcha is good once, and it may have been taken.
  const captcha = form.querySelector<HTMLInputElement>('input[name=captcha]');
  if (captcha) captcha.value = '';
  allowAgain(form);
}

/**
 * Sends the forms of guests without leaving their page, so that nothing typed is lost: not where something is wrong with it, passwords
 * included, and not where the connection fails.
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
      // The place of whoever was at a link or a button went with the page before.
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
