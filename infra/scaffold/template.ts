import type { Method } from '#shared/operation/operation.ts';

/** The facts that the templates of a new operation take. */
export interface Draft {
  id: string;
  method: Method;
  path: string;
  auth: 'session' | 'admin';
}

/** An operation that answers its caller's own id: it compiles, has a test, and reaches nothing until its `uses` say so. */
export const operationText = ({ id, method, path, auth }: Draft): string => `
import * as z from 'zod/mini';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Write here in one sentence what ${id} does.',
  method: '${method}',
  path: '${path}',
  auth: '${auth}', // one of public, optional, session, verified, admin
  // params, query, body: of one that is declared, what is not is refused
  response: z.object({ userId: z.string() }), // what is not declared is left out
  uses: [], // what run can reach, and what IAM allows
  errors: [], // what run can answer
  rate: [{ per: 'user', limit: 60, window: '1m' }],
  async run({ caller }) {
    return { userId: caller.user.id };
  },
});
`;

export const testText = ({ id, method, path }: Draft): string => `
import { expect, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin();

test('200: answers the id of its caller', async () => {
  expect(await sendEvent(stack(), '${id}', { token: admin.session.token })).toMatchObject({
    status: 200,
    json: { userId: admin.user.id },
  });
});

test('401: is for nobody who is not signed in', async () => {
  expect(await send(stack(), '${method}', '${path}')).toMatchObject({
    status: 401,
    json: { code: 'unauthenticated' },
  });
});
`;

interface SampleEvent {
  routeKey: string;
  rawPath: string;
  requestContext: { routeKey: string; http: { method: string; path: string } };
}

/** The event of another operation, with the new one's route. */
export function eventText({ method, path }: Draft, sample: string): string {
  const event = JSON.parse(sample) as SampleEvent;
  const { requestContext } = event;
  const routeKey = `${method} ${path}`;
  const http = { ...requestContext.http, method, path };
  return JSON.stringify({
    ...event,
    routeKey,
    rawPath: path,
    requestContext: { ...requestContext, routeKey, http },
  });
}
