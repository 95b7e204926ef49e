import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** A value of an item that comes with an exception, which the document client leaves as it is: texts, numbers, lists, maps. */
const valueOf = ({ S, N, L, M }: AttributeValue): unknown =>
  S ?? (N ? Number(N) : (L?.map(valueOf) ?? itemOf(M)));

/** The item that a refused condition was about; undefined where there is none. */
export const itemOf = (item: Record<string, AttributeValue> | undefined): object | undefined =>
  item && Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueOf(value)]));
