import type { Problem } from '#shared/errors/problem.ts';
import { element } from './element.ts';

export const goodNotice = (text: string): HTMLElement => element('p', { className: 'notice good' }, text);

/**
 * A notice of the problem and the next step; with `fallback` where the API gave no problem.
 * @param unplaced mistakes of fields that are not shown at their fields.
 */
export function problemNotice(
  problem: unknown,
  fallback: string,
  unplaced: Problem['errors'] = [],
): HTMLElement {
  const { title = fallback, detail = '' } = (problem ?? {}) as Partial<Problem>;
  const lines = [detail, ...unplaced.map(({ path, message }) => `${path}: ${message}`)].filter(Boolean);
  const paragraphs = lines.map((line) => element('p', {}, line));
  return element('div', { className: 'notice error' }, element('strong', {}, title), ...paragraphs);
}
