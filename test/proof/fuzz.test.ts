import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BehaviourRequest } from '#local/provider/behaviours.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { openStack } from '../harness/stack/stack.ts';
import { openInOneProcess, type OneProcess } from '../harness/stack/one-process.ts';
import { keyHolder } from '../harness/relay/relay.ts';
import { volume } from '../harness/volume.ts';
import { changesOf, type Change } from './fuzz/changes.ts';
import { targets, type Target } from './fuzz/document.ts';
import { writeDown, type Draft } from './fuzz/draft.ts';
import { reached, violations } from './fuzz/judge.ts';
import { misbehaviours, openRelay, relayRequests, wrongInRelay } from './fuzz/relay.ts';
import { Secrets } from './fuzz/secrets.ts';
import { supplyOf } from './fuzz/supply.ts';
import { callers, makeWorld, type World } from './fuzz/world.ts';
import { closeConnections, sendWire } from './fuzz/wire.ts';

/** The number of requests in all, and the seed that chooses them. A failure repeats with its seed. */
const usual = 10_000;
const requests = Number(process.env['LATCHKEY_FUZZ'] ?? volume(1_000_000, usual));
const seed = Number(process.env['LATCHKEY_SEED'] ?? volume(Date.now() % 2 ** 31, 15));
const each = Math.ceil(requests / targets.length);
/** The time-out of one test in milliseconds. All tests share the machine. */
const timeout = 120_000 + requests * 50;

let stack: Stack;
let api: OneProcess;
let world: World;
const secrets = new Secrets();
beforeAll(async () => {
  stack = await openStack('plain');
  api = await openInOneProcess(stack, 'plain');
  world = await makeWorld(api);
});
afterAll(async () => {
  if (requests > usual) report();
  closeConnections();
  api?.close();
  await stack?.stop();
});

/** How often each operation has answered each status. */
const tally = new Map<string, Map<number, number>>();
let sent = 0;
/** Names of the secrets found in the functions' log. */
const logged = new Set<string>();
let logLength = 0;
function searchLog(): void {
  const output = api.takeOutput();
  logLength += output.length;
  for (const name of secrets.find(output)) logged.add(name);
}
/** The places in which secrets were found that are forgotten by now. */
const places = new Set<string>();
let searching: Promise<void> | undefined;
async function searchAndTurn(): Promise<void> {
  searchLog();
  for (const place of await secrets.placesIn(stack)) places.add(place);
  secrets.turn();
}
/** Looks for the secrets before any are forgotten. Requests that end meanwhile wait for it. */
async function searchIfFull(): Promise<void> {
  if (secrets.isFull) searching ??= searchAndTurn().finally(() => (searching = undefined));
  await searching;
}
function count(id: string, status: number): void {
  sent += 1;
  // The log of a million requests is too long for one string.
  if (sent % usual === 0) searchLog();
  const answers = tally.get(id) ?? new Map<number, number>();
  tally.set(id, answers.set(status, (answers.get(status) ?? 0) + 1));
}

/** Prints the answers of a larger run, one line for each operation. */
function report(): void {
  const lines = [...tally].map(([id, answers]) => {
    const shares = [...answers]
      .toSorted(([a], [b]) => a - b)
      .map(([status, times]) => `${status} × ${times}`);
    return `${id}: ${shares.join(', ')}`;
  });
  console.log(lines.toSorted().join('\n'));
}

/** Requests to an operation: a valid one, by the permitted caller or by another, unchanged or with some changes. */
const requestsTo = (target: Target) =>
  fc.record({
    caller: fc.option(fc.constantFrom(...callers), { freq: 2, nil: undefined }),
    changes: fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 9, arbitrary: fc.array(changesOf(target), { minLength: 1, maxLength: 3 }) },
    ),
  });

/** The first example, so that each operation grants a request at least once. */
const good: { caller: undefined; changes: Change[] } = { caller: undefined, changes: [] };

const named = (text: string): string =>
  text.replaceAll(/@(\w+)@/g, (whole, name: string) => world.names[name] ?? whole);
/** The value with the world's own ids and secrets in place of `@name@`. */
const filledIn = <Value>(value: Value): Value => JSON.parse(named(JSON.stringify(value))) as Value;

function asCaller(draft: Draft, caller: (typeof callers)[number] | undefined): Draft {
  if (caller === undefined) return draft;
  const { token: _, cookies: __, device: ___, ...rest } = draft;
  return { ...rest, ...world.credentials[caller] };
}

describe(`C66: of ${requests} requests from the document, by seed ${seed},`, () => {
  test.concurrent.each(targets)(
    '$operationId answers each as the document says',
    { timeout },
    async (target) => {
      const supply = supplyOf(world, target);
      await fc.assert(
        fc.asyncProperty(requestsTo(target), async ({ caller, changes }) => {
          const draft = asCaller(await supply.next(), caller);
          const wire = await writeDown(api, draft, filledIn(changes));
          const answer = await sendWire(api.app, wire);
          supply.used(answer.status);
          count(reached(wire)?.operationId ?? 'not-found', answer.status);
          const wrong = violations(wire, answer);
          secrets.note(draft, answer);
          if (answer.status >= 400 && !/html/.test(String(answer.headers['content-type'])))
            wrong.push(...secrets.find(answer.text).map((name) => `tells ${name}`));
          await searchIfFull();
          if (wrong.length > 0)
            throw new Error(`${wire.method} ${wire.path}: ${wrong.join('; ')}\n${answer.text.slice(0, 300)}`);
        }),
        { numRuns: each, seed, examples: [[good]] },
      );
    },
  );

  test(
    'C66 C58: the relay answers whatever it is sent, and whatever the provider does',
    { timeout },
    async () => {
      const holder = await keyHolder(api, world.admin);
      const call = await openRelay(stack, holder);
      const statuses = new Map<number | 'cut', number>();
      const check = (misbehaving: fc.Arbitrary<BehaviourRequest | undefined>) =>
        fc.assert(
          fc.asyncProperty(relayRequests, misbehaving, async (request, behaviour) => {
            stack.provider.behave(behaviour ? [behaviour] : []);
            const answer = await call(filledIn(request));
            const status = answer === 'cut' ? answer : answer.status;
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            const wrong = wrongInRelay(answer, request.method, behaviour === undefined);
            if (wrong.length > 0) throw new Error(wrong.join('; '));
          }),
          { numRuns: Math.ceil(requests / 100), seed },
        );
      await check(fc.constant(undefined));
      expect([...statuses.keys()]).toContain(200);
      await check(misbehaviours);
      stack.provider.clear();
    },
  );

  test(
    'C54: none leaves a secret of it in a log, a mail, a metric, a queue or a table',
    { timeout },
    async () => {
      expect(secrets.size).toBeGreaterThan(100);
      searchLog();
      expect([...logged], 'the functions’ log').toEqual([]);
      expect([...places, ...(await secrets.placesIn(stack))]).toEqual([]);
    },
  );

  test('each operation has granted one at least', () => {
    const wellDone = (status: number) => status < 400;
    const never = targets.filter(({ operationId: id }) => ![...(tally.get(id)?.keys() ?? [])].some(wellDone));
    expect(never.map(({ operationId }) => operationId)).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(requests);
  });
});
