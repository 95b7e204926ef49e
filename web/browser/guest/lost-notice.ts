import { element } from '../element.ts';

/** Says that nothing came back, and what is so all the same. */
export function lostNotice(whatHolds = ''): HTMLElement {
  const { noAnswer = '' } = document.body.dataset;
  return element(
    'div',
    { className: 'notice error', role: 'alert' },
    element('strong', {}, noAnswer),
    element('p', {}, whatHolds),
  );
}
