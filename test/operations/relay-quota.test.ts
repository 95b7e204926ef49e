import { describe, expect, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { callNames, callsOf } from '../harness/stack/calls.ts';
import { send, type Answered } from '../harness/http/http.ts';
import { changeUser, readUser } from '../harness/people/managing.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { quotaRow } from '../harness/relay/quotas.ts';
import {
  ask,
  claudeClient,
  keyHolder,
  question,
  relayed,
  relayToken,
  type ClaudeError,
} from '../harness/relay/relay.ts';
import { serveBytes, servicesWith } from '../harness/relay/provider-server.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });
const hourSeconds = 3_600;

interface Standing {
  limit: number;
  used: number;
  remaining: number;
  resetsAt: string | null;
}

/** A user with a key at the beginning of a day, and the calls that they can make. */
async function newCaller(limits?: { requests?: number; questions?: number }) {
  const who = await keyHolder(stack(), admin);
  if (limits) await changeUser(stack(), admin, who.user.id, { limits });
  enterWindow(stack(), daySeconds);
  let token = await relayToken(stack(), who);
  return {
    who,
    /** A question, with a text of its own unless told which. */
    ask: (text = `Question ${Math.random()}?`, sent: object = {}) =>
      ask(stack(), token, { json: { ...question, messages: [{ role: 'user', content: text }] }, ...sent }),
    list: (): Promise<Answered<ClaudeError>> =>
      relayed(stack(), 'GET', '/claude/v1/models', {
        headers: { 'x-api-key': token, 'anthropic-version': '2023-06-01' },
      }),
    client: (maxRetries: number) => claudeClient(stack(), token, maxRetries),
    quota: async () =>
      (
        await send<Record<'requests' | 'questions', Standing>>(stack(), 'GET', '/v1/quota', {
          token: who.session.token,
        })
      ).json,
    /** Moves the clock and gets a new access token, because access tokens last ten minutes. */
    async later(seconds: number) {
      stack().clock.offsetSeconds += seconds;
      token = await relayToken(stack(), who);
    },
  };
}

const exceeded = { status: 429, json: { error: { type: 'rate_limit_error', code: 'quota_exceeded' } } };

describe('R1.5: calls in a window', () => {
  test('429 R5.6: a call over the limit is no use of the key: no line in its ledger, nothing decrypted, nothing asked', async () => {
    const caller = await newCaller({ requests: 1 });
    expect((await caller.ask()).status).toBe(200);
    const { token } = caller.who.session;
    const uses = async () =>
      (await send<{ items: unknown[] }>(stack(), 'GET', '/v1/keys/claude/uses', { token })).json.items.length;
    const before = await uses();
    stack().clearCalls();
    expect(await caller.ask()).toMatchObject(exceeded);
    expect(callNames(stack(), 'relay').join()).not.toMatch(/Decrypt|audit/);
    expect(await uses()).toBe(before);
  });

  test('429: the window begins with its first call and ends for all at once; what asks nothing counts as well', async () => {
    const caller = await newCaller({ requests: 3 });
    expect((await caller.quota()).requests).toEqual({ limit: 3, used: 0, remaining: 3, resetsAt: null });
    await caller.later(hourSeconds);
    const start = stack().clock.now();
    expect((await caller.list()).status).toBe(200);
    await caller.later(hourSeconds);
    expect((await caller.ask()).status).toBe(200);
    const { resetsAt } = (await caller.quota()).requests;
    expect(Date.parse(resetsAt!) - start).toBeGreaterThanOrEqual(4 * hourSeconds * 1_000);
    expect(Date.parse(resetsAt!) - start).toBeLessThan(4.1 * hourSeconds * 1_000);
    expect((await caller.list()).status).toBe(200);
    expect(await caller.list()).toMatchObject(exceeded);

    await caller.later((Date.parse(resetsAt!) - stack().clock.now()) / 1_000 + 1);
    expect((await caller.quota()).requests).toEqual({ limit: 3, used: 0, remaining: 3, resetsAt: null });
    expect((await caller.list()).status).toBe(200);
    expect((await caller.quota()).requests).toMatchObject({ used: 1, remaining: 2 });
  });

  test('429: names the limit, what is left and when it ends, in the caller’s language, and costs no decryption', async () => {
    const caller = await newCaller({ requests: 1 });
    await caller.ask();
    const { resetsAt } = (await caller.quota()).requests;
    stack().clearCalls();
    const answer = await caller.ask();
    expect(answer).toMatchObject(exceeded);
    expect(answer.json.error.message).toContain('1 call in 4 hours');
    expect(answer.json.error.message).toContain('0 are left');
    const [nextSecond] = new Date(Date.parse(resetsAt!) + 999).toISOString().split('.');
    expect(answer.json.error.message).toContain(nextSecond);
    const wait = (Date.parse(resetsAt!) - stack().clock.now()) / 1_000;
    expect(Math.abs(Number(answer.headers['retry-after']) - wait)).toBeLessThan(30);
    expect(callsOf(stack(), 'relay').filter(({ service }) => service === 'kms')).toEqual([]);
    const japanese = await caller.ask('Again?', { headers: { 'accept-language': 'ja' } });
    expect(japanese.json.error.message).toContain('4時間に1回まで');
  });
});

describe('R1.6: questions in a day', () => {
  test('429: what generates no answer is none, and they end at midnight in UTC', async () => {
    const caller = await newCaller({ questions: 2 });
    await caller.later(daySeconds - 600);
    for (const _ of [1, 2]) expect((await caller.ask()).status).toBe(200);
    const answer = await caller.ask();
    expect(answer).toMatchObject(exceeded);
    expect(answer.json.error.message).toContain('2 questions a day');
    expect(answer.json.error.message).toContain('T00:00:00Z');
    const { max_tokens: _, ...counted } = question;
    await caller.client(0).messages.countTokens(counted);
    expect((await caller.list()).status).toBe(200);
    expect(await caller.quota()).toMatchObject({
      requests: { used: 4 },
      questions: { used: 2, remaining: 0 },
    });

    await caller.later(601);
    expect((await caller.ask()).status).toBe(200);
    expect(await caller.quota()).toMatchObject({
      requests: { used: 5 },
      questions: { used: 1, remaining: 1 },
    });
  });

  test('429: are in force from the first moment: a row that is not there is zero', async () => {
    stack().deploy({ userQuestions: 2 });
    const caller = await newCaller();
    expect(await quotaRow(stack(), caller.who.user.id)).toBeUndefined();
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await caller.ask()).status));
    expect(statuses.toSorted()).toEqual([200, 200, 429, 429]);
  });
});

describe('limits', () => {
  test('R1.5: hold though rates are off, and are the deployment’s where a user has none', async () => {
    stack().deploy({ rates: 'off', userRequests: 1 });
    const caller = await newCaller();
    expect((await caller.list()).status).toBe(200);
    expect(await caller.list()).toMatchObject(exceeded);
    stack().deploy({ rates: 'off', userRequests: 2 });
    expect((await caller.list()).status).toBe(200);
    expect(await caller.list()).toMatchObject(exceeded);
  });

  test('R1.5 R1.6: an administrator grants a user more, less and none, from the next call on', async () => {
    const caller = await newCaller({ requests: 1, questions: 5 });
    const grant = (limits: object) => changeUser(stack(), admin, caller.who.user.id, { limits });
    expect((await caller.ask()).status).toBe(200);
    expect((await caller.ask()).status).toBe(429);
    await grant({ requests: 3 });
    expect((await caller.ask()).status).toBe(200);
    await grant({ questions: 1 });
    expect(await caller.ask()).toMatchObject(exceeded);
    expect((await caller.quota()).questions).toMatchObject({ limit: 1, used: 2, remaining: 0 });
    await grant({ requests: 0 });
    const none = await caller.list();
    expect(none).toMatchObject(exceeded);
    expect(none.json.error.message).toContain('An administrator can grant you some');
    expect(none.headers['retry-after']).toBeUndefined();
  });

  test('R1.1: calls and the last of them are seen by an administrator and in the export', async () => {
    const caller = await newCaller();
    const { who } = caller;
    for (const _ of [1, 2]) await caller.list();
    const { json } = await readUser(stack(), admin, who.user.id);
    expect(json).toMatchObject({ apiRequests: 2, quota: { requests: { used: 2 }, questions: { used: 0 } } });
    const { token } = who.session;
    const exported = await send<{ user: object; quota: object }>(stack(), 'GET', '/v1/me/export', { token });
    const { lastRequestAt } = json;
    expect(exported.json).toMatchObject({
      user: { apiRequests: 2, lastRequestAt },
      quota: await caller.quota(),
    });
    expect(Math.abs(Date.parse(lastRequestAt!) - stack().clock.now())).toBeLessThan(60_000);
  });
});

describe('C57: a call is counted once', () => {
  const used = async (caller: Awaited<ReturnType<typeof newCaller>>) => {
    const { requests, questions } = await caller.quota();
    return [requests.used, questions.used];
  };

  test.each(['hang', 'garbage', 'refuse'] as const)(
    'though the provider fails (%s) and the client sends it again; answered, it counts anew',
    async (kind) => {
      stack().deploy({ relaySilenceSeconds: 1 });
      const caller = await newCaller();
      stack().provider.behave([{ kind, times: 2 }]);
      for (const _ of [1, 2]) await caller.ask('The same?');
      // A provider that answers may take longer.
      stack().deploy({});
      expect(await used(caller)).toEqual([0, 0]);
      expect((await caller.ask('The same?')).status).toBe(200);
      expect(await used(caller)).toEqual([1, 1]);
      expect((await caller.ask('The same?')).status).toBe(200);
      expect(await used(caller)).toEqual([2, 2]);
    },
  );

  const ended = async (caller: Awaited<ReturnType<typeof newCaller>>) => {
    const calls = async () => Object.keys((await quotaRow(stack(), caller.who.user.id))!.underWay);
    await expect.poll(calls).toEqual([]);
  };

  test('though its answer breaks off, which was one from its first byte on', async () => {
    const caller = await newCaller();
    stack().provider.behave([{ kind: 'cut', times: 1 }]);
    await caller.ask().catch(() => undefined);
    await ended(caller);
    expect(await used(caller)).toEqual([1, 1]);
  });

  test.each(['text/event-stream', 'application/json'])(
    'and not at all where its answer (%s) breaks off before the first byte',
    async (type) => {
      const caller = await newCaller();
      const baseUrl = await serveBytes(
        `HTTP/1.1 200 X\r\nContent-Type: ${type}\r\nContent-Length: 9\r\n\r\n`,
      );
      stack().deploy({ relaySilenceSeconds: 1, ...servicesWith({ claude: { baseUrl } }) });
      await caller.ask().catch(() => undefined);
      await ended(caller);
      expect(await used(caller)).toEqual([0, 0]);
    },
  );

  test.each([400, 401, 403, 404] as const)('by an answer of %d too', async (status) => {
    const caller = await newCaller();
    stack().provider.behave([{ kind: 'error', status, times: 1 }]);
    expect((await caller.ask()).status).toBe(status);
    expect(await used(caller)).toEqual([1, 1]);
  });

  test.each([429, 500, 529] as const)(
    'though the provider answers %d and its own client repeats it',
    async (status) => {
      const caller = await newCaller({ questions: 1 });
      stack().provider.behave([{ kind: 'error', status, retryAfter: 0, times: 2 }]);
      const answer = await caller.client(2).messages.create(question);
      expect(answer.type).toBe('message');
      expect(await used(caller)).toEqual([1, 1]);
    },
  );

  test('429: and failing ones are bounded by three times the limit, until its window or day ends', async () => {
    const caller = await newCaller({ questions: 1 });
    stack().provider.behave([{ kind: 'error', status: 500 }]);
    for (const _ of [1, 2, 3]) expect((await caller.ask()).status).toBe(500);
    stack().provider.behave([]);
    const answer = await caller.ask();
    expect(answer).toMatchObject(exceeded);
    expect(answer.json.error.message).toContain('got no answer from the provider');
    const { questions } = await caller.quota();
    expect(questions).toMatchObject({ limit: 1, used: 0, remaining: 0 });
    const wait = (Date.parse(questions.resetsAt!) - stack().clock.now()) / 1_000;
    expect(Math.abs(Number(answer.headers['retry-after']) - wait)).toBeLessThan(30);
    expect((await caller.list()).status).toBe(200);
    await caller.later(wait + 1);
    expect((await caller.ask()).status).toBe(200);
  });

  test('and not at all where the provider was never reached: no key, no provider', async () => {
    const guest = await mailedGuest(stack(), admin);
    const token = await relayToken(stack(), guest);
    const headers = { 'x-api-key': token };
    expect((await relayed(stack(), 'GET', '/claude/v1/models', { headers })).status).toBe(422);
    expect(await quotaRow(stack(), guest.user.id)).toMatchObject({
      requests: { used: 0, tried: 1 },
      calls: 0,
      underWay: {},
    });

    const shown = (await readUser(stack(), admin, guest.user.id)).json;
    expect(shown).toMatchObject({ apiRequests: 0, lastRequestAt: null });

    const caller = await newCaller();
    stack().faults([{ kind: 'error', function: 'relay', service: 'kms', times: 99 }]);
    expect((await caller.ask()).status).toBe(503);
    stack().faults([]);
    expect(await used(caller)).toEqual([0, 0]);
  });
});

describe('C56: N left, N + M at once, through the relay', () => {
  // At most two faults that the SDK has to overcome in a row, because it tries three times.
  const faultsOf = (run: number): FaultRequest[] =>
    (['lost', 'conflict', run % 2 === 0 ? 'throttle' : 'lost'] as const).map((kind, n) => ({
      kind,
      function: 'relay',
      table: 'quotas',
      nth: 1 + run + 3 * n,
    }));
  const runs = Array.from({ length: 8 }, (_, run) => ({
    limit: run % 2 === 0 ? 'requests' : 'questions',
    left: 1 + (run % 4),
    more: 1 + (run % 3),
    faults: faultsOf(run),
  }));
  test.each(runs)(
    'exactly N pass with faults: $limit, N = $left, M = $more',
    { tags: 'engine' },
    async ({ limit, left, more, faults }) => {
      const caller = await newCaller({ [limit]: left });
      stack().faults(faults);
      const answers = await Promise.all(Array.from({ length: left + more }, () => caller.ask()));
      stack().faults([]);
      const statuses = answers.map(({ status }) => status).toSorted();
      expect(statuses).toEqual([...Array<number>(left).fill(200), ...Array<number>(more).fill(429)]);
      expect((await caller.quota())[limit as 'requests']).toMatchObject({ used: left, remaining: 0 });
      expect(await quotaRow(stack(), caller.who.user.id)).toMatchObject({ calls: left });
    },
  );
});
