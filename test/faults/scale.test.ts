import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { demands, people } from '#bench/scale/assumptions.ts';
import { mostRequestsPerSecond } from '#bench/scale/limits.ts';
import { recordUses } from '#bench/scale/record-uses.ts';
import { throttlesOf } from '#bench/scale/throttles.ts';
import { wallsOf, type Wall } from '#bench/scale/walls.ts';
import { settingsSchema } from '#shared/deployment/settings.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack('limited');
const page = readFileSync('docs/scale.md', 'utf8');

/** Rows of the page's tables: `| first cell | number | …`. */
const told = new Map(
  [...page.matchAll(/^\| ([^|]+?) +\| +([\d,.]+) +\|/gm)].map(([, what, number]) => [
    what!.replaceAll('`', ''),
    Number(number!.replaceAll(',', '')),
  ]),
);

let walls: Wall[];
beforeAll(async () => {
  walls = wallsOf(await recordUses(stack()), throttlesOf(inject('assemblies').limited));
});

test('the page has the assumptions that it is calculated from', () => {
  for (const [id, { perDay }] of Object.entries(demands)) expect(told.get(id), id).toBe(Math.round(perDay));
});

test('the page names the first wall, and says of all before ten million people how many they take', () => {
  const [first] = walls;
  expect(page).toContain(`The first wall is **${first!.what}**`);
  const near = walls.filter((wall) => wall.people < people);
  expect(near.length).toBeGreaterThan(1);
  for (const { what, people: many } of near) {
    // In millions, rounded down, and not by more than a tenth.
    const millions = told.get(what);
    expect(millions, what).toBeLessThanOrEqual(many / 1_000_000);
    expect(millions, what).toBeGreaterThanOrEqual((0.9 * many) / 1_000_000);
  }
});

test('no partition that all people share is full before ten million people', () => {
  const ofDesign = walls.filter(({ raised }) => raised === 'design');
  expect(ofDesign.some(({ what }) => what.startsWith('partition users.byCreated'))).toBe(true);
  expect(ofDesign.filter((wall) => wall.people < people)).toEqual([]);
});

test('no stream has more than two readers, as many as DynamoDB Streams allows', () => {
  const file = join(inject('assemblies').limited, 'latchkey-service.template.json');
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: { EventSourceArn?: unknown } }>;
  };
  const readers = Map.groupBy(
    Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping'),
    ({ Properties }) => JSON.stringify(Properties.EventSourceArn),
  );
  expect([...readers.values()].map(({ length }) => length)).toEqual([2]);
});

test('a setting takes what the page calculates with', () => {
  const parse = (requestsPerSecond: number) => settingsSchema.safeParse({ requestsPerSecond }).success;
  expect(parse(mostRequestsPerSecond)).toBe(true);
  expect(parse(mostRequestsPerSecond + 1)).toBe(false);
});
