import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startStack } from '#local/stack/stack.ts';
import { synthesizeJobs } from './assembly.ts';

type Properties = Record<string, unknown>;

/** A deployment with a function that always fails, and with these properties on its resources of this type. */
function assemblyWith(type: string, changed: Properties): string {
  const assembly = synthesizeJobs({
    'test-clock': { trigger: { everyMinutes: 5 }, handler: `async () => { throw new Error('each time'); }` },
    'test-stream': { trigger: { stream: 'mails' }, handler: 'async () => undefined' },
  });
  onTestFinished(() => rmSync(assembly, { recursive: true, force: true }));
  for (const name of readdirSync(assembly).filter((one) => one.endsWith('.template.json'))) {
    const file = join(assembly, name);
    const template = JSON.parse(readFileSync(file, 'utf8')) as {
      Resources: Record<string, { Type: string; Properties: Properties }>;
    };
    for (const resource of Object.values(template.Resources))
      if (resource.Type === type) Object.assign(resource.Properties, changed);
    writeFileSync(file, JSON.stringify(template));
  }
  return assembly;
}

test.each([0, 1, 2])('R8.2: an event is tried again as often as the template says: %i', async (retries) => {
  const stack = await startStack({
    assembly: assemblyWith('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: retries }),
  });
  onTestFinished(() => stack.stop());
  stack.clock.offsetSeconds += 301;
  await stack.settle();
  const errors = stack
    .metrics()
    .filter(({ name, dimensions, value }) => name === 'Errors' && dimensions['FunctionName'] && value === 1);
  expect(errors).toHaveLength(1 + retries);
  expect(stack.failed()).toHaveLength(1);
});

test.each([
  ['AWS::Lambda::EventInvokeConfig', { MaximumEventAgeInSeconds: 60 }],
  ['AWS::Lambda::EventSourceMapping', { MaximumRecordAgeInSeconds: 60 }],
  ['AWS::Lambda::EventSourceMapping', { ParallelizationFactor: 2 }],
  ['AWS::Lambda::EventSourceMapping', { MaximumBatchingWindowInSeconds: 5 }],
])('what is not honoured stops the stack instead of being ignored: %s %j', async (type, changed) => {
  await expect(startStack({ assembly: assemblyWith(type, changed) })).rejects.toThrow(
    Object.keys(changed)[0],
  );
});
