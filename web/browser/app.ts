import { askBeforeSwitching } from './ask-before-switching.ts';
import { checkSession } from './check-session.ts';
import { takeWideAddresses } from './email-fields.ts';
import { forgetNotice } from './forget-notice.ts';
import { carryAddress, forgetAddress } from './guest/carry-address.ts';
import { forgetTyped, keepTyped } from './guest/keep-typed.ts';
import { sendInPlace } from './guest/send-in-place.ts';
import { startForms } from './guest/start-forms.ts';
import { switchInPlace } from './guest/switch-language.ts';
import { keepInvite, noteOpening } from './keep-invite.ts';
import { sayUnshown, showMe } from './me.ts';
import { showSection } from './show-section.ts';
import { ignoreRepeats, sendFormsOnce } from './submit.ts';

/** The script of all pages: each part looks on the page for the elements that it serves. */
ignoreRepeats();
sendFormsOnce();
keepInvite();
noteOpening();
startForms();
takeWideAddresses();
const isSignedIn = document.body.dataset['signedIn'] !== undefined;
// Errors of the session check are ignored: the page's own calls report them.
if (isSignedIn) {
  forgetNotice();
  showSection();
  askBeforeSwitching();
  const check = () => void checkSession().catch(() => undefined);
  check();
  // The browser may restore a page, or show a tab again, after its session has ended or another user has signed in.
  addEventListener('pageshow', ({ persisted }) => persisted && check());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && check());
  forgetAddress();
  forgetTyped();
} else {
  keepTyped();
  sendInPlace(startForms);
  switchInPlace(startForms);
  carryAddress();
}
showMe().catch(sayUnshown);
// A step that only the script can take: the user need not press the button.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-at-once]')) form.requestSubmit();
