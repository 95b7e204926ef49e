import type { Operation } from './operation.ts';

/** The methods of an operation's route: HEAD besides GET, to which an HTTP API answers 404 otherwise. */
export const methodsOf = ({ method, alsoPost }: Pick<Operation, 'method' | 'alsoPost'>): string[] => [
  method,
  ...(method === 'GET' ? ['HEAD'] : []),
  ...(alsoPost ? ['POST'] : []),
];
