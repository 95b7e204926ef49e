import type { Page } from 'playwright-core';

/** Mistakes in a page that hurt people with poor or no eyesight, or on a phone. */
export const mistakesOf = (page: Page): Promise<string[]> => page.evaluate(findMistakes);

/** Texts with too little contrast to their background (WCAG 2.2, 1.4.3). */
export const faintTexts = (page: Page): Promise<string[]> => page.evaluate(findFaintTexts);

// Both functions run in the page and can use nothing from outside themselves.

function findMistakes(): string[] {
  const mistakes: string[] = [];
  const wrong = (text: string) => mistakes.push(text);
  const root = document.documentElement;
  if (root.scrollWidth > window.innerWidth) wrong(`scrolls sideways: ${root.scrollWidth} px`);
  if (!root.lang) wrong('has no language');
  if (!document.title.trim()) wrong('has no title');

  const headings = [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName[1]));
  if (headings.filter((level) => level === 1).length !== 1) wrong(`has not one h1: ${headings.join()}`);
  for (const [at, level] of headings.entries()) {
    if (level > (headings[at - 1] ?? 0) + 1) wrong(`headings are out of order: ${headings.join()}`);
  }

  const isNamed = (control: Element, text: string) =>
    Boolean(control.getAttribute('aria-label')?.trim() || text.trim());
  type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  for (const field of document.querySelectorAll<Field>('input:not([type=hidden]), select, textarea')) {
    const label = [...(field.labels ?? [])].map(({ textContent }) => textContent).join('');
    if (!isNamed(field, label)) wrong(`#${field.id} has no label`);
  }
  for (const control of document.querySelectorAll('button, a')) {
    if (!isNamed(control, control.textContent ?? '')) wrong(`a ${control.tagName} has no name`);
  }
  for (const button of document.querySelectorAll('button, .button')) {
    const { width, height } = button.getBoundingClientRect();
    if (width > 0 && (width < 40 || height < 40)) wrong(`too small to hit: ${button.textContent}`);
  }
  for (const { id } of document.querySelectorAll('[id]')) {
    if (document.querySelectorAll(`#${CSS.escape(id)}`).length > 1) wrong(`#${id} is there twice`);
  }
  for (const described of document.querySelectorAll('[aria-describedby]')) {
    const id = described.getAttribute('aria-describedby') ?? '';
    if (!document.getElementById(id)?.textContent?.trim()) wrong(`#${id} describes nothing`);
  }
  return mistakes;
}

function findFaintTexts(): string[] {
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = channels(color)
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = (element: Element | null): string => {
    if (!element) return getComputedStyle(document.documentElement).colorScheme;
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? background(element.parentElement) : color;
  };
  const hasText = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) ||
    (element instanceof HTMLInputElement && element.type !== 'hidden');
  return [...document.body.querySelectorAll('*')].filter(hasText).flatMap((element) => {
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(background(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const name = `${element.tagName}.${element.className} ${element.textContent?.trim().slice(0, 30)}`;
    return ratio < 4.5 ? [`${name}: ${ratio.toFixed(2)}`] : [];
  });
}
