import * as z from 'zod/mini';
import { CommandError, exit, Refused } from '../failures.ts';
import type { Server } from '../server/server.ts';

/** The fields of the discovery document (OpenID Connect Discovery 1.0, 3) that signing in needs. */
const schema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
});
export type Provider = z.output<typeof schema>;

const instead = 'By name and password: latchkey login --password';

/** The endpoints at which people sign in to a server in the browser. */
export async function findProvider(server: Server): Promise<Provider> {
  const provider = await server.get('/.well-known/openid-configuration', schema).catch((error: unknown) => {
    if (!(error instanceof Refused && error.status === 404)) throw error;
    throw new CommandError(exit.refused, `${server.url} lets nobody sign in by the browser.`, [instead]);
  });
  const { issuer, authorization_endpoint: there, token_endpoint: token } = provider;
  // Otherwise a server that imitates another one could receive a sign-in meant for the other (mix-up attack, RFC 9700, 4.4).
  if (issuer !== server.url)
    throw new CommandError(exit.refused, `${server.url} is another address of ${issuer}.`, [
      `Sign in there: latchkey login --url ${issuer}`,
    ]);
  if ([there, token].every((address) => new URL(address).origin === issuer)) return provider;
  throw new CommandError(exit.refused, `${server.url} lets people sign in elsewhere.`, [instead]);
}
