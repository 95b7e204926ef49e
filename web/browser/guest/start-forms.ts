import { addCaptchas } from '../captcha.ts';
import { showLocalTimes } from '../date-time.ts';
import { addDeviceFields } from '../device-fields.ts';
import { addDeviceHints } from '../device-hint.ts';
import { addShowButtons, loadStrength } from '../password-fields.ts';
import { watchMailHere } from '../watch-mail.ts';

/** Warns before an invite is used up for an account that this browser cannot stay signed in to. */
function sayCookiesMissing(): void {
  if (!navigator.cookieEnabled) document.querySelector('#no-cookies')?.removeAttribute('hidden');
}

/** Starts what the forms of a page need. Runs again after another page was put in its place. */
export function startForms(): void {
  sayCookiesMissing();
  addShowButtons();
  addCaptchas();
  loadStrength();
  addDeviceFields();
  addDeviceHints();
  watchMailHere();
  showLocalTimes();
}
