import type * as z from 'zod/mini';
import { maxPageSize } from '#shared/http/paging.ts';
import { wholeNumber } from '../option-values.ts';
import type { Server } from './server.ts';

export const limitOption = {
  limit: {
    value: 'N',
    text: 'how many at most, or all; 25 unless it is said',
    read: (text: string, flag: string): number =>
      text === 'all' ? Infinity : wholeNumber(1, 1_000_000)(text, flag),
  },
};

/** The line which says that the list is not complete, if it is not. */
export const sayMore = (more: boolean): string[] =>
  more ? ['There may be more: --limit all shows them.'] : [];

interface Page {
  items: readonly unknown[];
  nextCursor: string | null;
}

/** Reads a list page by page, up to `limit` items that `keep` accepts. `more` says whether there may be more of them. */
export async function listItems<Answer extends Page>(
  server: Server,
  path: string,
  query: Readonly<Record<string, string>>,
  schema: z.ZodMiniType<Answer>,
  limit = 25,
  keep?: (item: Answer['items'][number]) => boolean,
): Promise<{ items: Answer['items'][number][]; more: boolean }> {
  const items: Answer['items'][number][] = [];
  let cursor: string | null = '';
  while (cursor !== null && items.length < limit) {
    const asked = new URLSearchParams({
      ...query,
      limit: String(keep ? maxPageSize : Math.min(maxPageSize, limit - items.length)),
      ...(cursor !== '' && { cursor }),
    });
    const answer: Answer = await server.get(`${path}?${String(asked)}`, schema);
    items.push(...(keep ? answer.items.filter(keep) : answer.items));
    cursor = answer.nextCursor;
  }
  return { items: items.slice(0, limit), more: cursor !== null || items.length > limit };
}
