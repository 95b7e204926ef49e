/**
 * Mutants of DynamoDB's expressions. Each one keeps every name and value of the expression: DynamoDB refuses a request with an
 * unused one, and any test would notice that.
 */

const comparisons: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '=': '<>',
  '<>': '=',
};

/** An attribute that nothing reads: a value written there is as good as not written. */
const nowhere = 'mutantLeftOut';

/** The parts of a text between `separator`, which does not count inside brackets, calls and `${…}`. */
function split(text: string, separator: string): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let [depth, start] = [0, 0];
  const take = (end: number): void => {
    const found = text.slice(start, end);
    const inner = found.trim();
    if (inner)
      parts.push({ start: start + found.indexOf(inner), end: start + found.indexOf(inner) + inner.length });
  };
  for (let at = 0; at < text.length; at += 1) {
    if ('({'.includes(text[at]!)) depth += 1;
    if (')}'.includes(text[at]!)) depth -= 1;
    if (depth > 0 || !text.startsWith(separator, at)) continue;
    take(at);
    start = at + separator.length;
    at = start - 1;
  }
  take(text.length);
  return parts;
}

const replaced = (text: string, { start, end }: { start: number; end: number }, by: string): string =>
  text.slice(0, start) + by + text.slice(end);

/** Every occurrence of `pattern`, replaced one at a time. */
const replacedEach = (text: string, pattern: RegExp, by: (found: string) => string): string[] =>
  [...text.matchAll(pattern)].map(({ index, 0: found }) =>
    replaced(text, { start: index, end: index + found.length }, by(found)),
  );

/** Versions of a condition: one of its parts has no effect, or a comparison or existence check is changed. */
export function mutateCondition(text: string): string[] {
  const without = [
    ...split(text, ' AND ').map((part) => ({ part, as: (one: string) => `(${one} OR NOT ${one})` })),
    ...(split(text, ' OR ').length > 1
      ? split(text, ' OR ').map((part) => ({ part, as: (one: string) => `(${one} AND NOT ${one})` }))
      : []),
  ].flatMap(({ part, as }) => {
    const one = text.slice(part.start, part.end);
    const isOne = /[<>=(]/.test(one) && !/ OR | AND |BETWEEN/.test(one.replace(/\(.*\)/, ''));
    return isOne ? [replaced(text, part, as(one))] : [];
  });
  return [
    ...without,
    ...replacedEach(text, /(?<= )(<=|>=|<>|<|>|=)(?= )/g, (found) => comparisons[found]!),
    ...replacedEach(text, /attribute_(not_)?exists/g, (found) =>
      found === 'attribute_exists' ? 'attribute_not_exists' : 'attribute_exists',
    ),
  ];
}

/** Versions of an update: one of its changes is left out, or it counts the other way. */
export function mutateUpdate(text: string): string[] {
  const without = split(text, ',').flatMap((part) => {
    const change = text.slice(part.start, part.end);
    const found = /^((?:SET |REMOVE |ADD )?)([\w#.:${}]+)( = )?(.*)$/s.exec(change);
    if (!found) return [];
    const [, verb, target, sets, value] = found as unknown as [string, string, string, string?, string?];
    const isUsedElsewhere = !/#\w+$/.test(target) || target.includes('.');
    if (sets && isUsedElsewhere) return [replaced(text, part, `${verb}${nowhere} = ${value}`)];
    // The mutant still uses the name. Text that code appends is no part of the value.
    const [, plain, more] = /^(:\w+)(\$\{.*)$/s.exec(value!) ?? ['', value, ''];
    if (sets) return [replaced(text, part, `${verb}${nowhere} = if_not_exists(${target}, ${plain})${more}`)];
    // Names that code builds do not occur in the text.
    if (verb === 'SET ' || value) return [];
    if (target.includes('.#'))
      return [replaced(text, part, `${verb}${target.slice(target.lastIndexOf('.') + 1)}`)];
    return target.startsWith('#') ? [] : [replaced(text, part, `${verb}${nowhere}`)];
  });
  return [
    ...without,
    ...replacedEach(text, / [+-] (?=:)/g, (found) => (found === ' + ' ? ' - ' : ' + ')),
  ].filter((mutated) => mutated !== text);
}
