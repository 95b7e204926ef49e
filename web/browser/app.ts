import { startAccount } from './account.ts';
import { startAdminPanel } from './admin-panel.ts';
import { addCaptchas } from './captcha.ts';
import { checkSession } from './check-session.ts';
import { addDeviceFields } from './device-fields.ts';
import { addDeviceHints } from './device-hint.ts';
import { takeWideAddresses } from './email-fields.ts';
import { keepInvite, noteOpening } from './keep-invite.ts';
import { startKeys } from './keys.ts';
import { startLiftForm } from './lift-form.ts';
import { addShowButtons, loadStrength } from './password-fields.ts';
import { showLocalTimes } from './date-time.ts';
import { showMe } from './me.ts';
import { ignoreRepeats, sendFormsOnce } from './submit.ts';
import { watchMailHere } from './watch-mail.ts';

/** The script of all pages: it finds on the page what it can serve. */
ignoreRepeats();
sendFormsOnce();
keepInvite();
noteOpening();
addShowButtons();
addCaptchas();
loadStrength();
addDeviceFields();
addDeviceHints();
watchMailHere();
showLocalTimes();
takeWideAddresses();
const isSignedIn = document.body.dataset['signedIn'] !== undefined;
// Whatever goes wrong here, the page's own calls say.
if (isSignedIn) checkSession().catch(() => undefined);
showMe().catch(() => undefined);
const panel = document.querySelector<HTMLElement>('#admin');
if (panel) {
  startAdminPanel(panel);
  startLiftForm(panel);
}
const account = document.querySelector<HTMLElement>('#account');
if (account) startAccount(account);
const keys = document.querySelector<HTMLElement>('#keys');
if (keys) void startKeys(keys);
