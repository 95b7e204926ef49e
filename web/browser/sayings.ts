import { fill } from '#shared/locale.ts';

/** A text by its name in the catalogue, with its slots filled. */
export type Sayings = (name: string, values?: Readonly<Record<string, string | number>>) => string;

/** The texts that came with a part of the page. */
export function sayingsOf(part: HTMLElement): Sayings {
  const texts = JSON.parse(part.dataset['texts'] ?? '{}') as Record<string, string>;
  return (name, values = {}) => fill(texts[name] ?? name, values);
}
