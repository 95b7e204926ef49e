import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as Axe from 'axe-core';
import { expect } from 'vitest';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(
  fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)),
  'utf8',
);

/** The size of a fingertip (WCAG 2.2, 2.5.5). */
const tapPx = 44;
/** The narrowest screen on which a page must not scroll sideways (WCAG 2.2, 1.4.10). */
const narrowPx = 320;

/** Violations that axe finds in the page's present state: WCAG 2.2 A and AA, and axe's best practices. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Not as a script element, which the page's policy would refuse.
  await page.evaluate(axeSource);
  // Frames hold others' contents and are sandboxed: no script answers there.
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof Axe }).axe.run({ exclude: 'iframe' }, { iframes: false }),
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${help} (${target.join(' ')}) ${failureSummary}`),
  );
}

/** The elements that make the page scroll sideways on a narrow screen, in letters of usual and of double size. */
export async function sidewaysScrolls(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: narrowPx, height: 640 });
  const scrolls: string[] = [];
  for (const size of ['100%', '200%']) {
    const wider = await page.evaluate(findWider, size);
    scrolls.push(...wider.map((part) => `${size}: ${part}`));
  }
  await page.evaluate(findWider, '');
  if (before) await page.setViewportSize(before);
  return scrolls;
}

/** Buttons, fields and links outside running text that are smaller than a fingertip. */
export const smallTargets = (page: Page): Promise<string[]> => page.evaluate(findSmall, tapPx);

/** Expects what every page must fulfil in any state. */
export async function expectGoodPage(page: Page): Promise<void> {
  await page.waitForLoadState();
  expect(await axeViolations(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
  expect(await sidewaysScrolls(page)).toEqual([]);
}

// These functions run in the page and can use nothing from outside themselves.

function findWider(size: string): string[] {
  const { documentElement: root, body } = document;
  root.style.fontSize = size;
  if (root.scrollWidth <= window.innerWidth) return [];
  const wide = [...body.querySelectorAll('*')].filter(
    (part) => part.getBoundingClientRect().right > window.innerWidth + 1,
  );
  return [`${root.scrollWidth} px`, ...wide.map(({ tagName, className }) => `${tagName}.${className}`)];
}

function findSmall(leastPx: number): string[] {
  const isInText = (part: Element) =>
    part.tagName === 'A' &&
    [...part.parentElement!.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
  // A click on a checkbox's label ticks it too, so the label counts.
  const targetOf = (part: Element) =>
    part instanceof HTMLInputElement && /checkbox|radio/.test(part.type)
      ? (part.closest('.check') ?? part)
      : part;
  const parts = 'a[href], button, summary, select, textarea, input:not([type=hidden])';
  return [...document.querySelectorAll(parts)]
    .filter((part) => part.checkVisibility({ visibilityProperty: true }) && !isInText(part))
    .flatMap((part) => {
      const { width, height } = targetOf(part).getBoundingClientRect();
      const name = part.textContent?.trim() || part.id;
      return Math.min(width, height) < leastPx - 0.5
        ? [`${part.tagName} ${name}: ${Math.round(width)} × ${Math.round(height)}`]
        : [];
    });
}
