import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { counted, measured } from '#shared/aws/metrics.ts';
import { isJob, isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { routesOf } from '#infra/api/routes.ts';
import { observe } from '../harness/costs/observe.ts';
import { assumed, dayMs, free, monthHours, prices, pricesOf } from '../harness/costs/prices.ts';
import { toldCosts } from '../harness/costs/told.ts';
import { costOf, type Usage } from '../harness/costs/usage.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { openInvite, somebody } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin('limited');
const told = toldCosts();

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
}
interface Throttle {
  ThrottlingRateLimit: number;
  ThrottlingBurstLimit: number;
}
/** The resources of one type in a template of a variant. */
function resourcesOf(variant: 'limited' | 'smallAccount', stack: string, type: string): Resource[] {
  const file = join(inject('assemblies')[variant], `latchkey-${stack}.template.json`);
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, Resource> };
  return Object.values(Resources).filter(({ Type }) => Type === type);
}
const ofType = (type: string) => resourcesOf('limited', 'service', type);

const stage = ofType('AWS::ApiGatewayV2::Stage')[0]!.Properties as {
  DefaultRouteSettings: Throttle;
  RouteSettings: Record<string, Throttle>;
};

function memoryOf(id: string): number {
  const found = ofType('AWS::Lambda::Function').find(({ Properties }) =>
    JSON.stringify(Properties['Tags']).includes(`"latchkey:operation","Value":"${id}"`),
  );
  return found!.Properties['MemorySize'] as number;
}

const entries = findOperations().filter(isOperation);
const strangers = entries.filter(({ declaration: { auth } }) => auth === 'public' || auth === 'optional');
const dollars = (usages: readonly Usage[]): number => usages.reduce((sum, usage) => sum + costOf(usage), 0);

/** US dollars of the most expensive request seen to each operation. */
const dearest = new Map<string, number>();
const see = (id: string, act: Parameters<typeof observe>[3]) =>
  observe(stack(), memoryOf, id, act).then((usages) => {
    dearest.set(id, Math.max(dearest.get(id) ?? 0, dollars(usages)));
    return dollars(usages);
  });
const post = (path: string, json: object, more: Sent = {}) => send(stack(), 'POST', path, { json, ...more });

/** US dollars that a route costs a day if a caller uses its throttle to the full and no other limit stops the caller. */
function dayOf(id: string, route: string): number {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } =
    stage.RouteSettings[route] ?? stage.DefaultRouteSettings;
  return dearest.get(id)! * ((rate * dayMs) / 1_000 + burst);
}

const who = somebody();

beforeAll(async () => {
  // The guest is made only below, so no sample request that needs one succeeds here.
  for (const { id } of strangers) await see(id, () => sendEvent(stack(), id));
  const files = ['style.css', 'desk.css', 'app.js', 'admin.js', 'member.js', 'solver.js', 'strength.js'];
  for (const file of files) await see('page-asset', () => send(stack(), 'GET', `/assets/${file}`));
  const link = await openInvite(stack(), admin);
  await see('invite-verify', () => post('/v1/invites/verify', { token: link }));
  await see('invite-open', () => send(stack(), 'GET', `/invite/${link}`));
  await see('registration-create', () => post('/v1/register', { token: link, transport: 'token', ...who }));
  await see('session-create', () =>
    post('/v1/sessions', { login: who.email, password: who.password, transport: 'token' }),
  );
  await see('session-create', () =>
    post('/v1/sessions', { login: who.email, password: 'not their password', transport: 'token' }),
  );
  await see('code-create', () => post('/v1/codes', { purpose: 'password-reset', email: who.email }));
});

/** Checks the page's figure for `usd`, which is rounded up and at most half too high. */
function expectTold(what: string, usd: number): void {
  expect(told.get(what), what).toBeGreaterThanOrEqual(usd);
  expect(told.get(what), what).toBeLessThanOrEqual(1.5 * usd);
}

const days = () =>
  strangers
    .flatMap(({ id, ...entry }) =>
      routesOf({ id, ...entry }).map((route) => ({ id, route, usd: dayOf(id, route) })),
    )
    .toSorted((a, b) => b.usd - a.usd);

test('R8.4: the worst public route at full throttle costs at most 10 USD a day', () => {
  const [worst, ...others] = days();
  expect(worst!.usd).toBeLessThanOrEqual(10);
  expect(others.length).toBeGreaterThan(strangers.length);
  expectTold('The worst public route', worst!.usd);
});

test('R8.4: the page says of when its prices are', () => {
  expect(readFileSync('docs/costs.md', 'utf8')).toContain(`as of ${pricesOf}`);
});

test('R8.4: the page says which public routes are the dearest, and what all at once would cost', () => {
  for (const id of ['session-create', 'code-create', 'page-asset', 'openapi-read', 'health-check'])
    expectTold(id, Math.max(...days().map((day) => (day.id === id ? day.usd : 0))));
  expectTold(
    'All public routes at once',
    days().reduce((sum, { usd }) => sum + usd, 0),
  );
});

test('R8.4: the page says what the lines about refused requests cost, which nothing bounds', () => {
  const gigabytes = (1_000 * (dayMs / 1_000) * assumed.accessLogBytes) / 1_000_000_000;
  expectTold('A thousand refused requests a second', gigabytes * prices.logGigabyte);
});

test('R8.4: a relay with ten reserved instances costs at most 10 USD a day, however often it refuses', async () => {
  const refused = await observe(stack(), memoryOf, 'relay', async () => {
    const answer = await fetch(`${stack().relay}/claude/v1/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer nobody' },
      body: '{}',
    });
    expect(answer.status).toBe(401);
    return { text: await answer.text() };
  });
  // A function URL takes ten requests a second for each of its instances (Lambda, quotas).
  const day = (dollars(refused) - prices.apiRequest) * 10 * 10 * (dayMs / 1_000);
  expect(day).toBeLessThanOrEqual(10);
  expectTold('The relay, relayConcurrency 10', day);
});

test('R8.4: what a thousand sign-ins, registrations and mailed invites cost is on the page', async () => {
  const [signIn, registration, invite] = [
    await see('session-create', () =>
      post('/v1/sessions', { login: who.email, password: who.password, transport: 'token' }),
    ),
    dearest.get('registration-create')!,
    dollars(
      await observe(stack(), memoryOf, 'admin-invite-create', () =>
        post(
          '/v1/admin/invites',
          { emails: [`${who.username}.friend@example.com`] },
          { token: admin.session.token },
        ),
      ),
    ),
  ];
  expectTold('A thousand sign-ins', 1_000 * signIn);
  expectTold('A thousand registrations', 1_000 * registration);
  expectTold('A thousand mailed invites', 1_000 * invite);
});

/** US dollars of a month without users: keys, and scheduled jobs. */
async function idleMonth(): Promise<number> {
  let usd = prices.keyMonth * resourcesOf('limited', 'stateful', 'AWS::KMS::Key').length;
  for (const { id, declaration } of findOperations().filter(isJob)) {
    const { trigger } = declaration;
    if (typeof trigger !== 'object' || !('everyMinutes' in trigger)) continue;
    const runs = (monthHours * 60) / trigger.everyMinutes;
    const run = await observe(stack(), memoryOf, id, () =>
      stack()
        .invoke(id)
        .then(() => undefined),
    );
    usd += runs * dollars(run);
  }
  return usd;
}

test('R8.4: idle costs at most 8 USD a month, alarms included', async () => {
  expect(ofType('AWS::Events::Rule')).toHaveLength(
    findOperations().filter(
      (entry) =>
        isJob(entry) &&
        typeof entry.declaration.trigger === 'object' &&
        'everyMinutes' in entry.declaration.trigger,
    ).length,
  );
  const idle = await idleMonth();
  expectTold('Idle, a month', idle);
  const alarms = resourcesOf('smallAccount', 'monitoring', 'AWS::CloudWatch::Alarm');
  const watched = alarms.reduce(
    (sum, { Properties: { Metrics = [{}] } }) =>
      sum + (Metrics as { Expression?: string }[]).filter(({ Expression }) => !Expression).length,
    0,
  );
  expect(Object.keys(counted).length + measured.length).toBeLessThanOrEqual(free.metrics);
  const withAlarms = idle + prices.alarmMetricMonth * (watched - free.alarmMetrics);
  expectTold('Idle with alarms, a month', withAlarms);
  expect(withAlarms).toBeLessThanOrEqual(8);
});
