/** As many of the first items as fit into `most` bytes, and whether that leaves any out. */
export function takeBytes<Item>(
  items: readonly Item[],
  most: number,
  bytesOf: (item: Item) => number,
): { items: Item[]; isCut: boolean } {
  let bytes = 0;
  const end = items.findIndex((item) => (bytes += bytesOf(item)) > most);
  return { items: items.slice(0, end < 0 ? items.length : end), isCut: end >= 0 };
}
