import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { send } from '../harness/http/http.ts';
import {
  bootstrap,
  invite,
  mailedToken,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { footprint, growth, oneRegistration, rowsOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { enterWindow } from '../harness/stack/time.ts';

const registration = 'registration-create';
const stack = useStack('limited');
let admin: SignedIn;
beforeAll(async () => {
  admin = (await register(tokenOf(await bootstrap(stack())), somebody('admin'))).json;
});

// Each test calls from an address of its own, so that tests do not share limits.
let address = 1;
let from = '';
beforeEach(() => {
  address += 1;
  from = `127.0.1.${address}`;
});

/** Registers as a program, in a minute of its own. */
const register = (token: string, who: object) => {
  enterWindow(stack());
  return send<SignedIn & { code: string }>(stack(), 'POST', '/v1/register', {
    json: { token, transport: 'token', ...who },
    from,
  });
};

/** An invite that goes by mail, since checking its link takes the most calls. */
async function guest(): Promise<{ token: string; who: ReturnType<typeof somebody> }> {
  const who = somebody();
  await invite(stack(), admin, { emails: [who.email] });
  return { token: await mailedToken(stack(), who.email), who };
}

const isAlive = async ({ session: { token } }: SignedIn, email: string) => {
  const { status, json } = await send<SignedIn['user']>(stack(), 'GET', '/v1/me', { token });
  expect({ status, email: json.email }).toEqual({ status: 200, email });
};

const faults: [string, Omit<FaultRequest, 'function'>][] = [
  ['fails once', { kind: 'error' }],
  ['fails as often as it is tried', { kind: 'error', times: 3 }],
  ['loses its answer once', { kind: 'lost' }],
  ['loses its answer as often as it is tried', { kind: 'lost', times: 3 }],
  ['is throttled', { kind: 'throttle' }],
];

test('201 C21: a registration without faults makes these AWS calls, each of which fails below', async () => {
  const { token, who } = await guest();
  stack().clearCalls();
  expect((await register(token, who)).status).toBe(201);
  const calls = callsOf(stack(), registration);
  expect(calls.map(({ action, resources }) => `${action} ${resources[0]!.split('/', 1)[0]}`)).toEqual([
    'UpdateItem table',
    'GetItem table',
    'VerifyMac key',
    'BatchGetItem table',
    'GetItem table',
    'GetItem table',
    'UpdateItem table',
    'GenerateMac key',
    'TransactWriteItems table',
  ]);
});

describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('call %i of a registration', (nth) => {
  test.each(faults)('201 C21 C63 C3: %s: all or nothing, and a repetition succeeds', async (_, fault) => {
    const { token, who } = await guest();
    const before = await footprint(stack());
    stack().faults([{ ...fault, function: registration, nth }]);
    const first = await register(token, who);
    stack().faults([]);

    const then = await growth(stack(), before);
    if (first.status === 201) {
      expect(then).toEqual(oneRegistration);
      await isAlive(first.json, who.email);
    } else {
      expect(first.status, first.text).toBe(503);
      expect(first.json.code).toMatch(/^(store_unavailable|keys_unavailable|busy)$/);
      expect(first.headers['retry-after']).toBe('1');
      expect([0, 1]).toContain(then.users);
      const rows = Object.entries(oneRegistration).map(([kind, count]) => [kind, count * then.users]);
      expect(then).toEqual(Object.fromEntries(rows));
    }
    expect(first.status === 201 || fault.times === 3, 'one hitch is not seen from outside').toBe(true);

    const second = await register(token, who);
    expect(second.status, second.text).toBe(201);
    await isAlive(second.json, who.email);
    const sessions = first.status === 503 && then.users === 0 ? 1 : 2;
    expect(await growth(stack(), before)).toEqual({ ...oneRegistration, sessions });
  });
});

test('201 C63: transactions that conflict are tried again', { tags: 'engine' }, async () => {
  const { token, who } = await guest();
  const before = await footprint(stack());
  stack().faults([{ kind: 'conflict', function: registration, action: 'TransactWriteItems', times: 6 }]);
  expect((await register(token, who)).status).toBe(201);
  expect(await growth(stack(), before)).toEqual(oneRegistration);
});

test('201 C63: a call that hangs is given up and tried again', async () => {
  const { token, who } = await guest();
  const before = await footprint(stack());
  stack().faults([{ kind: 'delay', function: registration, action: 'BatchGetItem', ms: 31_000 }]);
  const answer = await register(token, who);
  expect(answer.status, answer.text).toBe(201);
  expect(await growth(stack(), before)).toEqual(oneRegistration);
});

describe('a client whose answer was lost', () => {
  test('201 C3: comes again with the same registration and is signed in, by one account', async () => {
    const { token, who } = await guest();
    const before = await footprint(stack());
    const [first, second] = [await register(token, who), await register(token, who)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json.user).toEqual(first.json.user);
    expect(second.json.session.id).not.toBe(first.json.session.id);
    await isAlive(second.json, who.email);
    expect(await growth(stack(), before)).toEqual({ ...oneRegistration, sessions: 2 });
  });

  test('422 C3: another password, address or name is not the same registration', async () => {
    const { token, who } = await guest();
    const { json } = await register(token, who);
    const before = await footprint(stack());
    for (const change of [{ password: 'another password' }, { email: somebody().email }]) {
      const { status, json: problem } = await register(token, { ...who, ...change });
      expect({ status, code: problem.code }).toEqual({ status: 422, code: 'invite_used' });
    }
    expect(await growth(stack(), before)).toMatchObject({ users: 0, sessions: 0 });
    await isAlive(json, who.email);
  });

  test('201 C3: comes again by a later, other invite: no, by the same one only', async () => {
    const { token, who } = await guest();
    await register(token, who);
    const [row] = await invite(stack(), admin);
    const { status, json } = await register(tokenOf(row!.url), who);
    expect({ status, code: json.code }).toEqual({ status: 422, code: 'email_taken' });
  });

  test('201 C3: the form is repeated as well, and leads to the first page', async () => {
    const { token, who } = await guest();
    const post = (): ReturnType<typeof send> => {
      enterWindow(stack());
      return send(stack(), 'POST', '/register', { form: { ...who, token }, from });
    };
    for (const answer of [await post(), await post()]) {
      expect(answer).toMatchObject({ status: 303, headers: { location: '/' } });
      expect(answer.cookies['__Host-session']?.value).toMatch(/\w/);
    }
  });
});

test('C21 C3: whatever happened, no invite was counted twice and no row stands alone', async () => {
  const dump = await stack().dumpTables();
  const users = (dump['users'] ?? []).filter((row) => JSON.stringify(row).includes('"user#'));
  for (const row of users) {
    const id = /"user#([\w-]+)"/.exec(JSON.stringify(row))![1]!;
    expect(rowsOf(dump, 'credentials', 'userId', id)).toHaveLength(1);
    expect(rowsOf(dump, 'users', 'userId', id)).toHaveLength(2);
    expect(rowsOf(dump, 'sessions', 'userId', id).length).toBeGreaterThan(0);
    expect(rowsOf(dump, 'invites', 'userId', id)).toHaveLength(1);
  }
  for (const row of dump['invites'] ?? []) {
    const { uses, maxUses } = row as { uses?: { N: string }; maxUses?: { N: string } };
    if (uses && maxUses) expect(Number(uses.N)).toBeLessThanOrEqual(Number(maxUses.N));
  }
});
