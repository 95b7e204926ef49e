/** Middleware that builds log lines even without a logger, and the one that describes the SDK in `User-Agent`. */
const unused = ['loggerMiddleware', 'getUserAgentMiddleware'];

interface Client {
  middlewareStack: { remove(name: string): boolean };
}

/** Removes the SDK middleware that none of our calls uses: it costs a small function a sixth of its CPU. */
export function trimClient<C extends Client>(client: C): C {
  for (const name of unused) client.middlewareStack.remove(name);
  return client;
}
