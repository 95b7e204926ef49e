import { expect, test } from 'vitest';
import { readSettings } from '#infra/settings/settings.ts';
import { findOperations } from '#infra/operations.ts';
import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { sentencesOf } from './sentences.ts';
import { functionsOf, synthesize } from './synthesize.ts';

const latchkey = { stage: 'staging' };

test('R8.1: stacks and functions of a stage carry its name, so that it stands beside production', () => {
  expect(stackNameOf(readSettings({}), 'service')).toBe('latchkey-service');
  expect(stackNameOf(readSettings({ latchkey }), 'service')).toBe('latchkey-staging-service');
  const names = [...functionsOf(synthesize(findOperations(), latchkey).service).values()].flatMap(
    ({ Properties }) => Properties['FunctionName'] ?? [],
  );
  expect(names.length).toBeGreaterThan(50);
  for (const name of names) expect(name).toMatch(/^latchkey-staging-service-api-/);
});

test.each(['Staging', 'eu-west', 'a'.repeat(17), ''])('R3.9: the stage %j is refused', (stage) => {
  expect(sentencesOf(() => readSettings({ latchkey: { stage } }))).toHaveLength(1);
});

test('R8.1: a stage that makes a function’s name too long for Lambda is told before anything is deployed', () => {
  const [entry] = findOperations();
  const long = { ...entry!, id: 'a'.repeat(40) };
  expect(sentencesOf(() => synthesize([long], latchkey))).toEqual([
    expect.stringMatching(/latchkey-staging-service-api-a{40} 69 characters .* 64\./),
  ]);
});
