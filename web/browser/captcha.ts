import { solveChallengeWorkers } from 'altcha-lib';
import type createCaptcha from '#functions/captcha/create.ts';
import { call } from './api.ts';

/** More workers than this make a phone hot, not fast. */
const maxWorkers = 4;

/** A solved captcha as the server takes it. The work is done beside the page, which stays alive. */
export async function solvedCaptcha(): Promise<string> {
  const challenge = await call<typeof createCaptcha>('GET', '/v1/captcha');
  const solution = await solveChallengeWorkers({
    challenge,
    concurrency: Math.min(navigator.hardwareConcurrency, maxWorkers),
    createWorker: () => new Worker('/assets/solver.js'),
  });
  if (!solution) throw new Error('the captcha took too long');
  return btoa(JSON.stringify({ challenge, solution }));
}

/** Solves the captchas of forms that ask for one, when they are sent. */
export function addCaptchas(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name=captcha]')) {
    const status = input.form?.querySelector('[data-captcha]');
    const say = (text = '') => status?.replaceChildren(text);
    let solving = false;
    let solved = '';
    // A page that the browser brings back would hold a captcha that is spent. One that is loaded holds what was solved meanwhile.
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted && input.value === solved) return;
      input.value = '';
      say();
    });
    const solveFirst = (event: SubmitEvent) => {
      if (input.value) return;
      event.preventDefault();
      // Whatever else is done as the form is sent comes when it is.
      event.stopImmediatePropagation();
      if (solving) return;
      solving = true;
      input.form?.setAttribute('aria-busy', 'true');
      say(input.dataset['wait']);
      const stop = () => {
        solving = false;
        input.form?.removeAttribute('aria-busy');
      };
      solvedCaptcha()
        .then((captcha) => (input.value = solved = captcha))
        .finally(stop)
        .then(() => input.form?.requestSubmit(event.submitter))
        .catch(() => say(input.dataset['failed']));
    };
    input.form?.addEventListener('submit', solveFirst, { capture: true });
  }
}
