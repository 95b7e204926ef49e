import { element } from '../element.ts';

/** Says that no answer came, and what holds nevertheless. */
export function lostNotice(whatHolds = ''): HTMLElement {
  const { noAnswer = '' } = document.body.dataset;
  return element(
    'div',
    { className: 'notice error', role: 'alert' },
    element('strong', {}, noAnswer),
    element('p', {}, whatHolds),
  );
}
