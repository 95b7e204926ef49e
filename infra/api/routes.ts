import { methodsOf } from '#shared/operation/methods.ts';
import type { Entry } from '../entry.ts';

/** Id of the operation that answers requests that match no route. */
const fallback = 'not-found';

/**
 * Route keys of an operation's HTTP API routes, such as `POST /v1/invites/verify`: none for a job or a stream,
 * `$default` for `not-found`, OPTIONS if browsers of other origins send preflight requests, and one per form.
 */
export function routesOf({ id, declaration }: Entry): string[] {
  if (declaration.kind === 'job' || declaration.kind === 'stream') return [];
  if (id === fallback) return ['$default'];
  const { path, alsoAt, cors, forms = [] } = declaration;
  const methods = [...methodsOf(declaration), ...(cors ? ['OPTIONS'] : [])];
  const paths = [path, ...(alsoAt ? [alsoAt] : [])];
  return [
    ...paths.flatMap((at) => methods.map((one) => `${one} ${at}`)),
    ...forms.map((form) => `POST ${form.path}`),
  ];
}

/** Names of the `{parameters}` of a path. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name!);
