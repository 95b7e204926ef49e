import { fill } from '#shared/locale.ts';

/** Gives a text by its name in the catalogue, in the page's language and with its slots filled. */
export type Texts = (name: string, values?: Readonly<Record<string, string | number>>) => string;

/** The texts that came with a part of the page. */
export function textsOf(part: HTMLElement): Texts {
  const catalogue = JSON.parse(part.dataset['texts'] ?? '{}') as Record<string, string>;
  return (name, values = {}) => fill(catalogue[name] ?? name, values);
}
