import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';

/** A part of one update: what it sets and removes, under which condition, with the names and values in that. */
export interface Piece {
  set?: string;
  remove?: string;
  when?: string;
  names?: Readonly<Record<string, string>>;
  values?: Readonly<Record<string, unknown>>;
}

/** The expressions of one update that does all of `pieces` or nothing. Equal names and values are shared. */
export function joinPieces(
  pieces: readonly Piece[],
): Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
> {
  const all = (part: 'set' | 'remove' | 'when') => pieces.flatMap((piece) => piece[part] ?? []);
  const [sets, removes, conditions] = [all('set'), all('remove'), all('when')];
  const names = Object.assign({}, ...pieces.map((piece) => piece.names)) as Record<string, string>;
  const values = Object.assign({}, ...pieces.map((piece) => piece.values)) as Record<string, unknown>;
  return {
    UpdateExpression: [
      ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
      ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: conditions.join(' AND '),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}
