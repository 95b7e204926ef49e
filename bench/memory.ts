import { readdirSync, readFileSync } from 'node:fs';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { limitThreads, modest } from '#local/host/threads.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { password, tokenOf } from './harness/credentials.ts';
import { report, type Figure } from './harness/measure.ts';
import { createInvites } from './harness/people.ts';
import { post, signInAdmin, withStacks } from './harness/stack.ts';

/** Requests in all, and at a time. */
const requests = 20_000;
const atOnce = 8;

/** The bound that the README states, in megabytes. */
const mostMegabytes = 1_000;

/** Operations whose sample is not sent: it would end the session that sends the others, or is not for the API (`relay`). */
const ending = new Set(['me-delete', 'session-delete', 'password-update', 'relay']);

const folder = new URL('../events/', import.meta.url);

/** The sample requests of all operations: valid ones, and ones that name objects which do not exist. */
const samples = readdirSync(folder)
  .filter((name) => !ending.has(name.replace('.json', '')))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Partial<APIGatewayProxyEventV2>)
  .flatMap((event) => (event.requestContext?.http ? [event as APIGatewayProxyEventV2] : []));

async function sendSample({ app }: Stack, event: APIGatewayProxyEventV2, token: string): Promise<void> {
  const { requestContext, rawPath, rawQueryString, headers, body } = event;
  const { accept = '*/*' } = headers;
  const answer = await fetch(`${app}${rawPath}?${rawQueryString}`, {
    method: requestContext.http.method,
    redirect: 'manual',
    headers: {
      accept,
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  });
  await answer.arrayBuffer();
}

/** Requests of a visit. */
const perVisit = 6;

/** Invites a guest by mail, and one by link; the latter registers, signs in and requests a code. @returns the latter's session token. */
async function visit(stack: Stack, admin: string, number: number): Promise<string> {
  const username = `guest${number}`;
  const email = `${username}@example.com`;
  await createInvites(stack, admin, { emails: [`mailed${number}@example.com`] });
  const [invite] = await createInvites(stack, admin, {});
  const token = tokenOf(invite!);
  await post(stack, '/v1/invites/verify', { token });
  await post(stack, '/v1/register', { email, username, password, token, transport: 'token' });
  const { session } = await post<{ session: { token: string } }>(stack, '/v1/sessions', {
    login: username,
    password,
    transport: 'token',
  });
  await post(stack, '/v1/codes', { purpose: 'email-verify', email }, session.token);
  return session.token;
}

/** The memory of the stack's process while it answers requests of all kinds, as after hours of use. */
export async function benchMemory(): Promise<Figure[]> {
  limitThreads(modest);
  const settings = { rates: 'off', bcryptCost: 4, mailsPerSecond: 1_000 };
  return withStacks(1, settings, async ([stack]) => {
    const admin = await signInAdmin(stack!);
    const megabytes = (): number => process.memoryUsage().rss / 1_000_000;
    const start = megabytes();
    let [sent, peak, number] = [0, start, 0];
    /** Each worker begins at a different sample, because people do not all do the same at once. */
    const work = async (_: unknown, n: number): Promise<void> => {
      const first = Math.floor((n * samples.length) / atOnce);
      const mine = [...samples.slice(first), ...samples.slice(0, first)];
      while (sent < requests) {
        const guest = await visit(stack!, admin, (number += 1));
        for (const event of mine) {
          for (const token of [guest, admin]) await sendSample(stack!, event, token);
          sent += 2;
          peak = Math.max(peak, megabytes());
        }
        sent += perVisit;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return report([
      { what: 'memory of the local stack at its start', value: start, unit: 'MB' },
      {
        what: `at most, within ${sent} requests of all kinds`,
        value: peak,
        unit: 'MB',
        bound: { at: 'most', value: mostMegabytes },
      },
    ]);
  });
}
