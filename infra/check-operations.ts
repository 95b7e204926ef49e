import * as z from 'zod/mini';
import type { Operation } from '#shared/operation/operation.ts';
import { tables, type Table } from '#shared/deployment/tables.ts';
import { isBounded } from './api/body-limit.ts';
import type { Entry } from './entry.ts';
import { pathParameters, routesOf } from './api/routes.ts';

/** The mistakes in each declaration and between declarations, in sentences that begin with the operation's id. */
export function mistakesIn(entries: readonly Entry[]): string[] {
  const sameRoutes = doubles(entries, (entry) => routesOf(entry).map(shape), 'route');
  const all = [
    ...entries.flatMap(mistakesOf),
    ...doubles(entries, ({ id }) => [id], 'id'),
    ...(sameRoutes.length > 0 ? sameRoutes : unlikePaths(entries)),
  ];
  // A mistake in a GET route appears again for its HEAD route.
  return [...new Set(all)];
}

/** Lambda allows 64 characters for a function's name, which begins with the stack's name. */
export const maxIdLength = 40;

function mistakesOf({ id, declaration }: Entry): string[] {
  const wrong: string[] = [];
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    wrong.push('its file and folders must be named in lower-case words');
  if (id.length > maxIdLength) wrong.push(`its id is longer than ${maxIdLength} characters`);
  if (declaration.kind === 'job') {
    const { trigger } = declaration;
    if (typeof trigger === 'object' && 'stream' in trigger && !(tables[trigger.stream] as Table).stream)
      wrong.push(`table ${trigger.stream} has no stream`);
    if (typeof trigger === 'object' && 'everyMinutes' in trigger && !(trigger.everyMinutes >= 1))
      wrong.push('everyMinutes must be 1 or more');
  } else if (declaration.kind !== 'stream') wrong.push(...mistakesOfOperation(declaration));
  return wrong.map((sentence) => `${id}: ${sentence}.`);
}

const propertiesOf = (schema: Operation['query']): object =>
  (schema && z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties) ?? {};

function mistakesOfOperation(declaration: Operation): string[] {
  const {
    kind,
    method,
    path,
    alsoAt,
    auth,
    rate,
    params,
    query,
    body,
    response,
    status,
    forms = [],
    csv,
  } = declaration;
  const wrong: string[] = [];
  const named = pathParameters(path);
  const declared = Object.keys(propertiesOf(params));
  for (const name of named)
    if (!declared.includes(name)) wrong.push(`path parameter {${name}} is not in params`);
  for (const name of declared)
    if (!named.includes(name)) wrong.push(`params has ${name}, which is not in the path ${path}`);
  for (const route of [path, ...(alsoAt ? [alsoAt] : []), ...forms.map((form) => form.path)])
    if (!/^\/($|([^/{}\s]+|\{\w+\+?\})(\/([^/{}\s]+|\{\w+\+?\}))*$)/.test(route))
      wrong.push(`${route} is not a path`);
  if (auth === 'public' || auth === 'optional')
    for (const { per } of rate) if (per === 'user') wrong.push('a limit per user wants a session');
  if (method === 'GET' && body) wrong.push('a GET has no body');
  if (!isBounded(declaration)) wrong.push('a text or a list of its body has no greatest length');
  if (kind === 'operation' && !response) wrong.push('it has no response schema');
  if (csv && !('format' in propertiesOf(query))) wrong.push('it has csv, but no format in its query');
  if (status === 204 && response && z.toJSONSchema(response, { unrepresentable: 'any' }).properties)
    wrong.push('status 204 has no body, but the response has fields');
  return wrong;
}

/** A route or path as API Gateway compares it: without the names of its parameters. */
const shape = (route: string): string => route.replaceAll(/\{\w+/g, '{');

/** API Gateway gets its routes as OpenAPI, which treats paths that differ only in their parameters' names as the same path. */
function unlikePaths(entries: readonly Entry[]): string[] {
  const paths = entries.flatMap((entry) =>
    routesOf(entry).map((route) => ({ id: entry.id, path: route.replace(/^\w+ /, '') })),
  );
  const first = new Map(paths.toReversed().map((one) => [shape(one.path), one]));
  return paths.flatMap(({ id, path }) => {
    const other = first.get(shape(path))!;
    return path === other.path
      ? []
      : [`${id}: ${path} has other parameters than ${other.path} of ${other.id}.`];
  });
}

function doubles(entries: readonly Entry[], keys: (entry: Entry) => string[], what: string): string[] {
  const owners = Map.groupBy(
    entries.flatMap((entry) => keys(entry).map((key) => ({ key, file: entry.file, id: entry.id }))),
    ({ key }) => key,
  );
  return [...owners.values()]
    .filter((same) => same.length > 1)
    .map(
      ([first, ...rest]) =>
        `${first!.id}: ${first!.file} has the same ${what} as ${rest.map(({ file }) => file).join(', ')}.`,
    );
}
