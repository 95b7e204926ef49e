import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capabilitiesOf } from '#shared/operation/chain-needs.ts';
import { buildDirectory } from '#infra/bundle/bundle.ts';
import { findOperations } from '#infra/operations.ts';
import { jobs } from './fixtures.ts';
import { functionsOf, ofType, readable, synthesize, type Json } from './synthesize.ts';

const entries = [...findOperations(), ...jobs];
const templates = synthesize(entries, { logDays: 7 });
const functions = functionsOf(templates.service);

test('R5.3: there is one function per operation, and none without', () => {
  expect([...functions.keys()].toSorted()).toEqual(entries.map(({ id }) => id).toSorted());
  expect(ofType(templates.service, 'AWS::Lambda::Function')).toHaveLength(entries.length);
});

// Except page-asset: it holds as text a page's script that imports another.
test.each(findOperations().filter(({ id }) => id !== 'page-asset'))(
  '$id imports nothing as an ES module, which would load undici',
  ({ id }) => {
    const code = readFileSync(join(buildDirectory, id, 'index.cjs'), 'utf8');
    expect(code.match(/[^\w.]import\(.{40}/s)).toBeNull();
  },
);

describe.each(entries)('$id', ({ id, declaration }) => {
  const { Properties } = functions.get(id)!;

  test('runs on arm64 and Node 24, and gives up before the gateway does', () => {
    expect(Properties).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
    });
    expect(Properties['Timeout']).toBeGreaterThanOrEqual(10);
    // No gateway waits for a stream's function.
    expect(Properties['Timeout']).toBeLessThanOrEqual(declaration.kind === 'stream' ? 900 : 29);
    expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  test('has a whole vCPU if it hashes passwords', () => {
    const grants = capabilitiesOf(declaration).flatMap((capability) => capability.grants);
    const hashes = grants.some((grant) => grant.on === 'key' && grant.key === 'pepper');
    expect(Properties['MemorySize']).toBe(hashes ? 1769 : 512);
  });

  test('logs to a group of its own, for as long as the setting says', () => {
    const { LogGroup } = Properties['LoggingConfig'] as { LogGroup: { Ref: string } };
    const others = [...functions]
      .filter(([other]) => other !== id)
      .map(([, other]) => JSON.stringify(other.Properties['LoggingConfig']));
    expect(others).not.toContain(JSON.stringify({ LogGroup }));
    expect(templates.service.Resources[LogGroup.Ref]).toMatchObject({
      Type: 'AWS::Logs::LogGroup',
      Properties: { RetentionInDays: 7 },
    });
  });
});

test('the origin is the setting, or the API itself', () => {
  const originsOf = (settings: Record<string, unknown>) => {
    const made = synthesize(entries, settings);
    return [...functionsOf(made.service).values()].map(({ Properties }) => {
      const { Variables } = Properties['Environment'] as { Variables: Record<string, Json> };
      return readable(Variables['ORIGIN']!, made);
    });
  };
  expect(new Set(originsOf({}))).toEqual(new Set(['${Api.ApiEndpoint}']));
  const origin = 'https://join.example.com';
  expect(new Set(originsOf({ origin }))).toEqual(new Set([origin]));
});

test('R8.4: relayConcurrency is reserved for the relay, and nothing is reserved for any other function', () => {
  const reserved = [...functionsOf(synthesize(entries, { relayConcurrency: 5 }).service)]
    .map(([id, { Properties }]) => [id, Properties['ReservedConcurrentExecutions']] as const)
    .filter(([, number]) => number !== undefined);
  expect(reserved).toEqual([['relay', 5]]);
});

test('every log group has an end', () => {
  for (const [id, { Properties }] of ofType(templates.service, 'AWS::Logs::LogGroup'))
    expect(Properties['RetentionInDays'], id).toBe(7);
});
