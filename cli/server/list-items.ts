import * as z from 'zod/mini';
import { wholeNumber } from '../option-values.ts';
import type { Server } from './server.ts';

/** Items in one request. */
const most = 100;

export const limitOption = {
  limit: {
    value: 'N',
    text: 'how many at most, or all; 25 unless it is said',
    read: (text: string, flag: string): number =>
      text === 'all' ? Infinity : wholeNumber(1, 1_000_000)(text, flag),
  },
};

export const sayMore = (more: boolean): string[] =>
  more ? ['There may be more: --limit all shows them.'] : [];

/** Items of a list, page after page, and whether there may be more of them. */
export async function listItems<Item>(
  server: Server,
  path: string,
  query: Readonly<Record<string, string>>,
  item: z.ZodMiniType<Item>,
  limit = 25,
): Promise<{ items: Item[]; more: boolean }> {
  const schema = z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });
  const items: Item[] = [];
  let cursor: string | null = '';
  while (cursor !== null && items.length < limit) {
    const asked = new URLSearchParams({
      ...query,
      limit: String(Math.min(most, limit - items.length)),
      ...(cursor !== '' && { cursor }),
    });
    const answer: z.output<typeof schema> = await server.get(`${path}?${String(asked)}`, schema);
    items.push(...answer.items);
    cursor = answer.nextCursor;
  }
  return { items, more: cursor !== null };
}
