import * as fc from 'fast-check';
import type { Target } from './document.ts';
import { bodies, cookies, freeNames, freeTexts, headers, headerTexts } from './words.ts';
import { anyText, anyValue, valueOf } from './values.ts';

/** One change to a valid request. */
export type Change =
  | { kind: 'field'; name: string; value: unknown }
  | { kind: 'drop'; name: string }
  | { kind: 'twice'; name: string; value: unknown }
  | { kind: 'parameter'; name: string; value: string }
  | { kind: 'query'; name: string; value: string }
  | { kind: 'header'; name: string; value: string }
  | { kind: 'cookie'; name: string; value: string }
  | { kind: 'bytes'; at: number; removed: number; inserted: number[] }
  | { kind: 'body'; text: string }
  | { kind: 'gzip'; isDeclared: boolean }
  | { kind: 'method'; value: string };

/** Names under which a request may send something: those of the document, and others. */
const namesOf = (own: readonly string[]) =>
  fc.oneof(...(own.length > 0 ? [{ weight: 8, arbitrary: fc.constantFrom(...own) }] : []), {
    weight: 1,
    arbitrary: fc.constantFrom('extra', '__proto__', 'constructor', '', 'role', 'a.b', 'a[0]'),
  });

/** The changes that make sense for an operation. */
export function changesOf({ parameters = [], requestBody, path }: Target): fc.Arbitrary<Change> {
  const [schema] = Object.values(requestBody?.content ?? {}).map((one) => one.schema);
  const fields = schema?.properties ?? {};
  const isFree = path.startsWith('/oauth/') || (requestBody && Object.keys(fields).length === 0);
  const bodyNames = isFree ? freeNames : Object.keys(fields);
  const queries = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  const paths = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
  const texts = isFree ? fc.oneof(anyText, fc.constantFrom(...freeTexts)) : anyText;
  const of = <Kind extends Change['kind']>(
    kind: Kind,
    rest: {
      [Name in Exclude<keyof Extract<Change, { kind: Kind }>, 'kind'>]: fc.Arbitrary<
        Extract<Change, { kind: Kind }>[Name]
      >;
    },
  ) => fc.record({ kind: fc.constant(kind), ...rest }) as unknown as fc.Arbitrary<Change>;

  const valid = Object.entries(fields).map(([name, one]) =>
    of('field', { name: fc.constant(name), value: valueOf(one) }),
  );
  const body: fc.WeightedArbitrary<Change>[] = requestBody
    ? [
        ...(valid.length > 0 ? [{ weight: 6, arbitrary: fc.oneof(...valid) }] : []),
        { weight: 8, arbitrary: of('field', { name: namesOf(bodyNames), value: isFree ? texts : anyValue }) },
        { weight: 3, arbitrary: of('drop', { name: namesOf(bodyNames) }) },
        { weight: 1, arbitrary: of('twice', { name: namesOf(bodyNames), value: anyValue }) },
        {
          weight: 2,
          arbitrary: of('bytes', {
            at: fc.nat(200),
            removed: fc.nat(8),
            inserted: fc.array(fc.nat(255), { maxLength: 6 }),
          }),
        },
        { weight: 2, arbitrary: of('body', { text: fc.constantFrom(...bodies) }) },
        { weight: 1, arbitrary: of('gzip', { isDeclared: fc.boolean() }) },
      ]
    : [{ weight: 1, arbitrary: of('body', { text: fc.constantFrom(...bodies) }) }];
  return fc.oneof(
    ...body,
    ...(paths.length > 0
      ? [{ weight: 6, arbitrary: of('parameter', { name: fc.constantFrom(...paths), value: anyText }) }]
      : []),
    {
      weight: queries.length > 0 || isFree ? 8 : 2,
      arbitrary: of('query', { name: namesOf(isFree ? freeNames : queries), value: texts }),
    },
    {
      weight: 4,
      arbitrary: of('header', {
        name: fc.constantFrom(...headers),
        value: fc.oneof(fc.constantFrom(...headerTexts), anyText),
      }),
    },
    { weight: 2, arbitrary: of('cookie', { name: fc.constantFrom(...cookies), value: anyText }) },
    {
      weight: 1,
      arbitrary: of('method', { value: fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'POST', 'TRACE') }),
    },
  );
}
