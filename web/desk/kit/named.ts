/** Values with their names in the reader's language, for a choice. */
export const named = <Name extends string>(
  names: readonly Name[],
  text: (name: Name) => string,
): Record<Name, string> =>
  Object.fromEntries(names.map((name) => [name, text(name)])) as Record<Name, string>;
