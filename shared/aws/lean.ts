/** Lines about each call for a logger, which are made up though there is none, and the SDK's description of itself. */
const unused = ['loggerMiddleware', 'getUserAgentMiddleware'];

interface Client {
  middlewareStack: { remove(name: string): boolean };
}

/** Takes out of a client of the SDK what it does with every call for nobody: a sixth of the CPU of a small function. */
export function lean<C extends Client>(client: C): C {
  for (const name of unused) client.middlewareStack.remove(name);
  return client;
}
