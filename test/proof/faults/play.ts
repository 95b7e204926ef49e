import type { Stack } from '#local/stack/running-stack.ts';
import { firstAdmin } from '../../harness/people/people.ts';
import { keepersOfRows } from '../../harness/stack/keepers-of-rows.ts';
import { readEvent } from '../../harness/stack/events.ts';
import { callsOf } from '../../harness/stack/calls.ts';
import { beyond, footprintOf, growth, without, type Disturbed, type Footprint } from './footprint.ts';
import { halfStates } from './invariants.ts';
import { faultsOf, kinds, type Call, type Hit } from './kinds.ts';
import { replyOf, type Act, type Scenario, type Scene } from './scenario.ts';

/** The outcome of a scenario without faults, when it is played once, twice and so on. */
export interface Reference {
  /** The AWS calls of the first play. */
  calls: readonly Call[];
  replies: readonly string[];
  growths: readonly Footprint[];
}

/** The most requests of one play: two disturbed, and one undisturbed. */
const mostSent = 3;

/** The most facts reported about one play. */
const mostTold = 6;

interface Looked {
  footprint: Footprint;
  halves: string[];
}

async function look({ stack }: Scene): Promise<Looked> {
  const dump = await stack.dumpTables();
  return { footprint: footprintOf(dump, stack.mails()), halves: halfStates(dump) };
}

/** Plays before a store is emptied: it grows with each, and takes longer to examine. */
const playsOfStore = 25;
const plays = new WeakMap<Stack, number>();

/** Removes all faults, and empties the stack after every `playsOfStore` plays. */
async function renew(scene: Scene, { id, onNewStore }: Scenario): Promise<void> {
  const { stack } = scene;
  stack.faults([]);
  stack.provider.clear();
  stack.clock.offsetSeconds = 0;
  // A function that keeps rows in memory would not ask for them in the next play.
  if (keepersOfRows.includes(id)) stack.restart(id);
  const played = plays.get(stack) ?? 0;
  plays.set(stack, played + 1);
  if (played % playsOfStore !== 0) return;
  await stack.reset();
  for (const keeper of keepersOfRows) stack.restart(keeper);
  scene.admin = await firstAdmin(stack);
  // So that the signing keys exist before the scenario needs them.
  if (!onNewStore) await stack.invoke('key-rotate', readEvent('key-rotate'));
}

async function begin(scene: Scene, scenario: Scenario): Promise<{ act: Act; before: Footprint }> {
  const { stack } = scene;
  if (scenario.onNewStore) plays.delete(scene.stack);
  await renew(scene, scenario);
  if (scenario.onNewStore) plays.delete(scene.stack);
  const act = await scenario.prepare(scene);
  const { footprint: before } = await look(scene);
  stack.clearCalls();
  return { act, before };
}

/** Plays a scenario without faults. */
export async function refer(scene: Scene, scenario: Scenario): Promise<Reference> {
  const { act, before } = await begin(scene, scenario);
  const replies: string[] = [];
  const growths: Footprint[] = [];
  let calls: Reference['calls'] = [];
  for (let time = 0; time < mostSent; time += 1) {
    replies.push(replyOf(await act()));
    if (time === 0) calls = callsOf(scene.stack, scenario.id);
    const { footprint, halves } = await look(scene);
    if (halves.length > 0) throw new Error(`without a fault: ${halves.join(', ')}`);
    growths.push(growth(before, footprint));
  }
  return { calls, replies, growths };
}

/** The hits by request: after a hit that ends a request, the client sends the request again. */
function byRequest(hits: readonly Hit[]): Hit[][] {
  const requests: Hit[][] = [[]];
  for (const hit of hits) {
    requests.at(-1)!.push(hit);
    if (!kinds[hit.kind].passes) requests.push([]);
  }
  return requests.filter((one) => one.length > 0);
}

const isOutage = (reply: string): boolean => reply.startsWith('503');
/** The answer of Lambda or API Gateway in place of a function that died. */
const isDead = (reply: string): boolean => reply.startsWith('50');

type Answer = Awaited<ReturnType<Act>>;

/** Sends a disturbed request. An answer that breaks off after its headers counts as the answer of a function that died. */
async function sendDisturbed(act: Act, request: readonly Hit[]): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    const isCut = error instanceof Error && error.message === 'aborted';
    if (!isCut || !request.some(({ kind }) => kind === 'crash')) throw error;
    return { status: 502, headers: {}, json: {}, text: String(error) };
  }
}

/** The mistakes in the answer to a disturbed request. */
function wrongIn(
  answer: Answer,
  allowed: readonly string[],
  request: readonly Hit[],
  mayWait = false,
): string[] {
  const reply = replyOf(answer);
  const ends = request.find(({ kind }) => !kinds[kind].passes)?.kind;
  const isExcused = ends === 'crash' ? isDead(reply) : (ends !== undefined || mayWait) && isOutage(reply);
  const isOurs = answer.headers['content-type'] === 'application/problem+json';
  return [
    ...(allowed.includes(reply) || isExcused
      ? []
      : [`answered ${reply}, not ${allowed.join(' or ')}: ${answer.text.slice(0, 300)}`]),
    ...(isOutage(reply) && isOurs && !answer.headers['retry-after'] ? ['503 without Retry-After'] : []),
  ];
}

/** Whether a fault is recorded too late to be counted, as a delayed read is. Any other fault that strikes nothing proves nothing. */
const isNotedLate = ({ kind }: Hit): boolean => kind === 'time-out';

/** What the faults may have left behind. A mailer's count depends on whether they struck its mailing call or a later one. */
function disturbedBy(calls: Reference['calls'], hits: readonly Hit[], sent: number, died: number): Disturbed {
  const late = hits.filter(({ kind }) => kind === 'done late' || kind === 'time-out').length;
  const mailing = calls.findIndex(({ action }) => action === 'SendEmail') + 1;
  return {
    sent,
    broken: hits.filter(({ kind }) => !kinds[kind].passes).length,
    undecided: died + late,
    deliveries: mailing > 0 ? hits.length : 0,
    mails: mailing > 0 ? hits.filter(({ nth }) => nth >= mailing).length : 0,
  };
}

/**
 * Plays a scenario with `hits`, and then sends its request once more, unless no client could have noticed the faults.
 * @returns the mistakes found, and the number of faults that struck.
 */
export async function play(
  scene: Scene,
  scenario: Scenario,
  { calls, replies, growths }: Reference,
  hits: readonly Hit[],
): Promise<{ wrong: string[]; struck: number }> {
  const { stack } = scene;
  const { act, before } = await begin(scene, scenario);
  const wrong: string[] = [];
  let [sent, died] = [0, 0];
  for (const request of byRequest(hits)) {
    stack.faults(faultsOf(scenario.id, calls, request));
    const answer = await sendDisturbed(act, request);
    wrong.push(...wrongIn(answer, sent === 0 ? replies.slice(0, 1) : replies, request, scenario.waits));
    sent += 1;
    if (isDead(replyOf(answer))) died += 1;
  }
  const isNoticed = ({ kind }: Hit) => !kinds[kind].passes || (kind === 'conflict' && scenario.givesWay);
  const areHidden = !scenario.waits && !hits.some(isNoticed);
  const aside = areHidden ? undefined : scenario.again?.aside;
  const compare = (possible: readonly Footprint[], { footprint, halves }: Looked): string[] => {
    const found = without(growth(before, footprint), aside);
    const kept = possible.map((one) => without(one, aside));
    return [...halves, ...beyond(kept, found, disturbedBy(calls, hits, sent, died)).slice(0, mostTold)];
  };
  // If no client can notice the faults, the request must be done after its answer.
  const possible = [...(areHidden ? [] : [new Map<string, number>()]), ...growths.slice(0, sent)];
  // A request that waits is neither undone nor done before its repeat, so only the invariants of the store must hold.
  const looked = await look(scene);
  const halfWay = scenario.waits ? looked.halves : compare(possible, looked);
  wrong.push(...halfWay.map((what) => `before the repeat: ${what}`));
  const struck = stack.calls().filter(({ fault }) => fault !== undefined).length;
  if (struck === 0 && !hits.every(isNotedLate)) wrong.push('struck nothing');
  stack.faults([]);
  if (areHidden) return { wrong, struck };

  wrong.push(...wrongIn(await act(), replies, []));
  wrong.push(...compare(growths.slice(0, sent + 1), await look(scene)));
  return { wrong, struck };
}
