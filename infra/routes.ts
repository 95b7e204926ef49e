import type { Entry } from './entry.ts';

/** Id of the operation that answers whatever no route matches. */
const fallback = 'not-found';

/**
 * Route keys of an operation's HTTP API routes, such as `POST /v1/invites/verify`: none for a job or a stream,
 * `$default` for
 * `not-found`, HEAD besides GET for a page (an HTTP API answers 404 to HEAD otherwise), and those of its forms.
 */
export function routesOf({ id, declaration }: Entry): string[] {
  if (declaration.kind === 'job' || declaration.kind === 'stream') return [];
  if (id === fallback) return ['$default'];
  const { kind, method, path, forms = [] } = declaration;
  return [
    `${method} ${path}`,
    ...(kind === 'page' && method === 'GET' ? [`HEAD ${path}`] : []),
    ...forms.map((form) => `POST ${form.path}`),
  ];
}

/** Names of the `{parameters}` of a path. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name!);
