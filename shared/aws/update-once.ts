import { newId } from '../random.ts';
import { conditionalWrite, type WriteResult } from './conditional-write.ts';
import type { RowRef } from './read-row.ts';
import { joinUpdates, type UpdatePart } from './update.ts';

/** Lets an update through that was not the last of its kind, and names it in the row. */
const mark = (kind: string, id: string): UpdatePart => ({
  when: '(attribute_not_exists(#last) OR #last <> :last)',
  set: '#last = :last',
  names: { '#last': kind },
  values: { ':last': id },
});

/**
 * Does all of `parts` once, which add to numbers, or nothing: the SDK sends an update again whose answer was lost, and a copy
 * can arrive late. The row tells both that it was done (C63). Only where another update of its kind comes between, it counts twice.
 * @param kind the attribute that names the last update of this kind.
 * @returns the row after it, or the row that refused it.
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
