import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { callEngineOf } from '../../harness/stack/call-engine.ts';
import { newFile } from '../serve.ts';
import { assembly, enginesHere, startFixture } from './fixture.ts';

interface Table {
  Type: string;
  Properties: Record<string, unknown>;
}

/** The fixture's template in a later release, which `change` makes from the resources of the stateful stack. */
function release(change: (resources: Record<string, Table>) => void): string {
  const directory = newFile('release');
  // The copy includes the functions beside the template.
  cpSync(dirname(assembly), directory, { recursive: true });
  const file = join(directory, 'assembly', 'latchkey-stateful.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, Table> };
  change(template.Resources);
  writeFileSync(file, JSON.stringify(template));
  return join(directory, 'assembly');
}

const addition = (resources: Record<string, Table>): void => {
  const { Properties } = resources['ThingsTable']!;
  const indexes = Properties['GlobalSecondaryIndexes'] as object[];
  const Projection = { ProjectionType: 'ALL' };
  for (const name of ['colour', 'size']) {
    (Properties['AttributeDefinitions'] as object[]).push({ AttributeName: name, AttributeType: 'S' });
    indexes.push({
      IndexName: `by-${name}`,
      KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
      Projection,
    });
  }
  Properties['StreamSpecification'] = { StreamViewType: 'NEW_IMAGE' };
  resources['MoreTable'] = structuredClone(resources['ThingsTable']!);
  resources['MoreKey'] = { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'HMAC_256' } };
};

const put = (stack: Stack, pk: string) =>
  callEngineOf(stack)('PutItem', {
    TableName: 'things',
    Item: { pk: { S: pk }, colour: { S: 'red' }, size: { S: 'L' } },
  });
const red = (stack: Stack) =>
  callEngineOf(stack)('Query', {
    TableName: 'things',
    IndexName: 'by-colour',
    KeyConditionExpression: 'colour = :red',
    ExpressionAttributeValues: { ':red': { S: 'red' } },
  });

/** A stack that stops at the end of the test at the latest. */
async function opened(options: Parameters<typeof startFixture>[0]): Promise<Stack> {
  const stack = await startFixture(options);
  let ended: Promise<void> | undefined;
  const stop = (): Promise<void> => (ended ??= stack.stop());
  onTestFinished(stop);
  return { ...stack, stop };
}

test.each(await enginesHere())(
  'R8.3: a release with new tables, indexes, streams and keys serves kept data, on %s',
  async (store) => {
    const dataDir = newFile('data');
    const first = await opened({ dataDir, store });
    await put(first, 'old');
    await first.stop();
    const next = await opened({ dataDir, store, assembly: release(addition) });
    expect((await next.dumpTables())['more']).toEqual([]);
    expect(await red(next)).toMatchObject({ Items: [{ pk: { S: 'old' } }] });
    await next.stop();
    // On the way back, the added indexes go, as in a deployment of the earlier release.
    const back = await opened({ dataDir, store });
    await expect(red(back)).rejects.toThrow(/index/i);
    expect((await back.dumpTables())['things']).toHaveLength(1);
  },
);

test('R8.3: a release whose tables cannot be made of the kept ones is refused, and changes nothing', async () => {
  const dataDir = newFile('data');
  const first = await opened({ dataDir });
  await put(first, 'old');
  await first.stop();
  const other = release((resources) => {
    addition(resources);
    const { Properties } = resources['EventsTable']!;
    Properties['AttributeDefinitions'] = [{ AttributeName: 'id', AttributeType: 'S' }];
    Properties['KeySchema'] = [{ AttributeName: 'id', KeyType: 'HASH' }];
  });
  await expect(startFixture({ dataDir, assembly: other })).rejects.toThrow(
    /table events has the keys pk S, and this version wants id S\.[^]*Nothing was changed/,
  );
  const again = await opened({ dataDir });
  expect(Object.keys(await again.dumpTables())).not.toContain('more');
  await expect(red(again)).rejects.toThrow(/index/i);
});
