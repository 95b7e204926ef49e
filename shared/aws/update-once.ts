import { newId } from '../random.ts';
import { conditionalWrite, type WriteResult } from './conditional-write.ts';
import type { RowRef } from './read-row.ts';
import { joinUpdates, type UpdatePart } from './update.ts';

/** Refuses an update that was already the last of its kind, and records its id in the row. */
const mark = (kind: string, id: string): UpdatePart => ({
  when: '(attribute_not_exists(#last) OR #last <> :last)',
  set: '#last = :last',
  names: { '#last': kind },
  values: { ':last': id },
});

/**
 * Does all of `parts`, which add to numbers, once or not at all. The SDK retries an update whose answer was lost, and a copy
 * can arrive late; the update's id in the row shows both that it was done (C63). The update counts twice only if another update of its
 * kind comes between.
 * @param kind the attribute that holds the id of the last update of this kind.
 * @returns the row after the update, or the row that refused it.
 */
export async function updateOnce<Row>(
  ref: RowRef,
  kind: string,
  ...parts: UpdatePart[]
): Promise<WriteResult<Row>> {
  const id = newId();
  const result = await conditionalWrite<Row & Record<string, unknown>>({
    Update: {
      ...ref,
      ...joinUpdates([...parts, mark(kind, id)]),
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  });
  if (result.written || result.refusedBy?.[kind] !== id) return result;
  return { written: true, row: result.refusedBy, attempts: result.attempts };
}
