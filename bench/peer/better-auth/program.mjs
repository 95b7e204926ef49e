// Better Auth, set up as in its documentation, only for the benchmark. Plain JavaScript: its packages exist only where the
// benchmark has installed them.
import { DatabaseSync } from 'node:sqlite';
import { compare, hash } from 'bcryptjs';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { organization } from 'better-auth/plugins/organization';
import { Pool } from 'pg';

const baseURL = 'http://localhost:3000';
const password = 'correct horse battery';
const most = 1_000_000;

/** @param address of PostgreSQL; without one, SQLite in memory. */
async function open({ address, hashCost }) {
  const auth = betterAuth({
    database: address ? new Pool({ connectionString: address, max: 16 }) : new DatabaseSync(':memory:'),
    baseURL,
    secret: 'a secret of the benchmark alone, of enough characters',
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      password: {
        hash: (text) => hash(text, hashCost),
        verify: ({ hash: kept, password: text }) => compare(text, kept),
      },
    },
    plugins: [organization({ invitationLimit: most, membershipLimit: most })],
  });
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  return async (method, path, { cookie, body } = {}) => {
    const headers = { origin: baseURL, 'content-type': 'application/json', ...(cookie && { cookie }) };
    const request = new Request(`${baseURL}/api/auth${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await auth.handler(request);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Better Auth answered ${path} with ${answer.status} ${text}`);
    const set = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    return { json: JSON.parse(text), cookie: set.join('; ') };
  };
}

/** @returns the function that a metered process calls with each input. */
export function peerCall(options) {
  const opened = open(options);
  const signUp = async (email) => {
    const ask = await opened;
    return (await ask('POST', '/sign-up/email', { body: { email, password, name: 'Guest' } })).cookie;
  };
  const tasks = {
    /** Creates an organization, a person who was invited and has signed up, and invites of further guests. */
    async prepare({ invites }) {
      const ask = await opened;
      const cookie = await signUp('owner@example.com');
      const { json: made } = await ask('POST', '/organization/create', {
        cookie,
        body: { name: 'Family', slug: 'family' },
      });
      const invite = async (email) => {
        const body = { email, role: 'member', organizationId: made.id };
        return (await ask('POST', '/organization/invite-member', { cookie, body })).json.id;
      };
      const first = await invite('first@example.com');
      const guests = [];
      for (let number = 0; number < invites; number += 1) {
        const email = `guest${number}@example.com`;
        guests.push({ kind: 'accept', email, id: await invite(email) });
      }
      return { cookie: await signUp('first@example.com'), email: 'first@example.com', first, guests };
    },
    async session({ cookie }) {
      const { json } = await (await opened)('GET', '/get-session', { cookie });
      if (!json?.user) throw new Error('there is no session');
    },
    async signIn({ email }) {
      await (
        await opened
      )('POST', '/sign-in/email', { body: { email, password } });
    },
    async check({ cookie, id }) {
      await (
        await opened
      )('GET', `/organization/get-invitation?id=${id}`, { cookie });
    },
    async accept({ email, id }) {
      const cookie = await signUp(email);
      const body = { invitationId: id };
      await (
        await opened
      )('POST', '/organization/accept-invitation', { cookie, body });
    },
  };
  return async (input) => {
    const { kind, ...more } = JSON.parse(input);
    return { last: JSON.stringify((await tasks[kind](more)) ?? null) };
  };
}
