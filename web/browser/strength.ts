import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { isContextPassword } from '#shared/passwords/context-password.ts';
import { isPasswordLongEnough, normalizePassword } from '#shared/passwords/password.ts';
import type { Strength } from '../strength.ts';
import { element } from './element.ts';

type Name = keyof Strength['texts'];

/** The second script, which `load-strength-script.ts` fetches. The server decides; this only shows its verdict early. */
const estimator = new ZxcvbnFactory({
  dictionary,
  graphs: adjacencyGraphs,
  // A longer password is strong, and judging it would keep a phone busy.
  maxLength: 64,
});

/** Time without a keystroke: a screen reader must not announce an opinion on every letter. */
const pauseMs = 400;

/** Texts for the warnings of zxcvbn. */
const advice: Readonly<Record<string, Name>> = {
  straightRow: 'pattern',
  keyPattern: 'pattern',
  simpleRepeat: 'pattern',
  extendedRepeat: 'pattern',
  sequences: 'pattern',
  recentYears: 'date',
  dates: 'date',
  topTen: 'common',
  topHundred: 'common',
  common: 'common',
  similarToCommon: 'common',
  userInputs: 'context',
};

/** How strong a password is, and the names of the texts that say why. */
function judge(password: string, { min }: Strength, words: readonly string[]): [level: Name, ...Name[]] {
  if (!isPasswordLongEnough(password, min)) return ['weak', 'length'];
  if (isContextPassword(password, words)) return ['weak', 'context'];
  const { score, feedback } = estimator.check(normalizePassword(password), [...words]);
  if (score > 2) return ['good'];
  return [score === 2 ? 'fair' : 'weak', advice[feedback.warning ?? ''] ?? 'more'];
}

/** The form's other input: names and addresses. */
const othersOf = ({ form }: HTMLInputElement): string[] =>
  [
    ...(form?.querySelectorAll<HTMLInputElement>('input:is([type=text], [type=email]):not([data-show])') ??
      []),
  ]
    .map(({ value }) => value)
    .filter(Boolean);

/** Says during typing how strong the password of a field is. */
export function addHint(input: HTMLInputElement): void {
  const strength = JSON.parse(input.dataset['strength'] ?? '{}') as Strength;
  const hint = element('p');
  // Screen readers announce a change without interrupting their speech.
  hint.setAttribute('aria-live', 'polite');
  input.closest('.field')?.append(hint);

  const show = () => {
    const words = [...strength.words, ...othersOf(input)];
    const [level, ...reasons] = judge(input.value, strength, words);
    hint.className = `hint strength ${level}`;
    hint.textContent = input.value && [level, ...reasons].map((name) => strength.texts[name]).join(' ');
  };
  let waiting: number | undefined;
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(show, pauseMs);
  });
  show();
}
