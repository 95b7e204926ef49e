import type { Stack } from '#local/stack/running-stack.ts';
import { eventOf, meteredFunction } from '../harness/functions.ts';
import type { Figure } from '../harness/measure.ts';
import { Metered, ratio, takeTurns } from '../harness/metered.ts';
import type { Work } from '../harness/metered-work.ts';
import type { Person } from '../harness/people.ts';

const warmUp = 8;
const rounds = 15;
const callsPerRound = 100;

const repeated = (input: string) => Array<string>(callsPerRound).fill(input);

/** The two calls that session-verify makes, for the same rows and with equally large changes, without anything around them. */
function bareCalls({ user, session }: Person): Work {
  const key = { userId: { S: user.id }, id: { S: session.id } };
  const now = Date.now();
  const set = { lastSeenAt: now, idleExpiresAt: now * 2, ttl: Math.ceil(now / 500) };
  const names = Object.keys(set);
  const values = Object.entries(set).map(([name, value]) => [`:${name}`, { N: String(value) }]);
  const read = {
    RequestItems: {
      users: { Keys: [{ pk: { S: `user#${user.id}` } }], ConsistentRead: true },
      sessions: { Keys: [key], ConsistentRead: true },
    },
  };
  const update = {
    TableName: 'sessions',
    Key: key,
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression:
      '#shown <> :shown AND idleExpiresAt > :lastSeenAt AND absoluteExpiresAt > :lastSeenAt',
    ExpressionAttributeNames: {
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      '#shown': 'hash',
    },
    ExpressionAttributeValues: { ...Object.fromEntries(values), ':shown': { S: '-'.repeat(43) } },
  };
  return {
    kind: 'calls',
    before: [
      { action: 'BatchGetItem', input: read },
      { action: 'UpdateItem', input: update },
    ],
  };
}

/** CPU time of session-verify against that of its two DynamoDB calls. Each runs in its own process. */
export async function verifyFigures(stack: Stack, assembly: string, person: Person): Promise<Figure[]> {
  const { metered: verify, environment } = meteredFunction(stack, assembly, 'session-verify');
  const bare = new Metered(bareCalls(person), environment);
  const event = eventOf('session-verify', { token: person.session.token });
  try {
    const { last } = await verify.run([event]);
    const { body = '' } = JSON.parse(last) as { body?: string };
    if (!body.startsWith('{"valid":true')) throw new Error(`session-verify answered ${last}`);
    const taken = await takeTurns(
      { verify: () => verify.run(repeated(event)), bare: () => bare.run(repeated('')) },
      rounds,
      warmUp,
    );
    return [
      { what: 'CPU of a bare BatchGetItem and UpdateItem', value: taken.bare.cpu, unit: 'ms' },
      {
        what: 'CPU of session-verify, to the bare calls',
        value: ratio(taken.verify, taken.bare),
        unit: '×',
        bound: { at: 'most', value: 1.25 },
      },
    ];
  } finally {
    verify.stop();
    bare.stop();
  }
}
