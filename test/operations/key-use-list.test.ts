import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { auditWrite } from '#shared/audit/write-audit.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { deleteKey, putKey } from '../harness/relay/keys.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';

interface Ledger {
  items: { at: string; call: string; address: string }[];
  nextCursor: string | null;
}

const { stack, admin } = useAdmin();
let owner: SignedIn;
beforeAll(async () => {
  owner = await mailedGuest(stack(), admin);
  await putKey(stack(), owner);
});

const start = Date.parse('2026-11-20T05:00:00Z');
const minuteMs = 60_000;
const path = '/v1/keys/claude/uses';

/** Records uses of a key, one a minute, as the caller of the relay causes them. */
async function use({ user: { id } }: SignedIn, service: string, calls: readonly string[]): Promise<void> {
  const { documents, config } = insiderOf(stack());
  for (const [turn, call] of calls.entries()) {
    const { Put } = auditWrite(config, {
      action: 'relay.call',
      outcome: 'done',
      actorId: id,
      subjectId: id,
      service,
      call,
      address: '203.0.113.7',
      at: start + turn * minuteMs,
    });
    await documents.send(new PutCommand(Put as ConstructorParameters<typeof PutCommand>[0]));
  }
}
const ledger = ({ session: { token } }: SignedIn, query = '', from = path) =>
  send<Ledger & Problem>(stack(), 'GET', `${from}${query}`, { token });

test(
  '200 R1.2: my key’s uses of one service, newest first: when, what for, from where',
  { tags: 'engine' },
  async () => {
    await use(owner, 'claude', ['POST /v1/messages', 'GET /v1/models']);
    await use(owner, 'chatgpt', ['POST /v1/responses']);
    const { status, json } = await sendEvent<Ledger>(stack(), 'key-use-list', { token: owner.session.token });
    expect(status).toBe(200);
    expect(json).toEqual({
      items: [
        {
          at: '2026-11-20T05:01:00.000Z',
          call: 'GET /v1/models',
          address: '203.0.113.7',
          model: null,
          status: null,
        },
        {
          at: '2026-11-20T05:00:00.000Z',
          call: 'POST /v1/messages',
          address: '203.0.113.7',
          model: null,
          status: null,
        },
      ],
      nextCursor: null,
    });
    expect((await ledger(owner, '', '/v1/keys/chatgpt/uses')).json.items).toHaveLength(1);
  },
);

test('200: nobody sees those of somebody else, and they outlive the key', async () => {
  const [who, other] = [await mailedGuest(stack(), admin), await mailedGuest(stack(), admin)];
  await putKey(stack(), who);
  await use(who, 'claude', ['POST /v1/messages']);
  await deleteKey(stack(), who);
  expect((await ledger(who)).json.items).toHaveLength(1);
  for (const stranger of [other, admin]) {
    const { json } = await ledger(stranger);
    expect(json.items ?? []).toEqual([]);
  }
});

test('200: page by page, each once, past what else the user did', { tags: 'engine' }, async () => {
  const who = await mailedGuest(stack(), admin);
  const calls = Array.from({ length: 7 }, (_, turn) => `POST /v1/call${turn}`);
  await use(who, 'claude', calls);
  await use(who, 'chatgpt', calls);
  await putKey(stack(), who);
  for (const limit of [1, 3, 7, 100]) {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const answer: Ledger = (await ledger(who, `?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`)).json;
      expect(answer.items.length).toBeLessThanOrEqual(limit);
      seen.push(...answer.items.map(({ call }) => call));
      cursor = answer.nextCursor;
    } while (cursor);
    expect(seen).toEqual(calls.toReversed());
  }
});

test.each(['?limit=0', '?limit=101', '?cursor=none', '?cursor=!', '?userId=x'])('422: %s', async (query) => {
  expect((await ledger(owner, query)).json.code).toBe('invalid');
});

test('404, 401, 503: no such service; nobody; and a store that is down', async () => {
  for (const service of ['mistral', 'constructor', 'x'.repeat(300)])
    expect((await ledger(owner, '', `/v1/keys/${service}/uses`)).json.code).toBe('not_found');
  expect((await send(stack(), 'GET', path)).status).toBe(401);
  stack().faults([{ kind: 'error', function: 'key-use-list', action: 'Query', times: 3 }]);
  expect((await ledger(owner)).status).toBe(503);
});
