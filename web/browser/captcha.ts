import { solveChallengeWorkers } from 'altcha-lib';
import type createCaptcha from '#functions/captcha/create.ts';
import { call } from './api.ts';

/** More workers than this heat a phone without making it faster. */
const maxWorkers = 4;

/** A solved captcha in the form that the server takes. Workers solve it, so that the page stays responsive. */
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
    // A page that the browser restores holds a captcha that is spent. A page that is loaded keeps one that was solved meanwhile.
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted && input.value === solved) return;
      input.value = '';
      say();
    });
    const solveFirst = (event: SubmitEvent) => {
      if (input.value) return;
      event.preventDefault();
      // Other listeners of `submit` run once the form is sent with its captcha.
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
