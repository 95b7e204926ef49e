import type { Operation } from './operation.ts';

/** The methods of an operation's route. GET adds HEAD, which an HTTP API would otherwise answer with 404. */
export const methodsOf = ({ method, alsoPost }: Pick<Operation, 'method' | 'alsoPost'>): string[] => [
  method,
  ...(method === 'GET' ? ['HEAD'] : []),
  ...(alsoPost ? ['POST'] : []),
];
