import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '#local/stack/build.ts';
import { startEngine } from '#local/engine/engine.ts';
import { findDynamoDbLocal } from '#local/engine/dynamodb-local.ts';
import { variants, type Variant } from './harness/stack/variants.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The engine of this project. */
    store: 'dynoxide' | 'dynamodb-local';
    /** Directories of the synthesized templates. */
    assemblies: Record<Variant, string>;
    /** Where stacks note the permissions that they used. */
    permissionsDirectory: string;
    /** One DynamoDB Local for all files, if Java is installed: it starts too slowly to have one for each file. */
    dynamodbLocal: string | undefined;
  }
}

/** Bundles once, synthesizes the variants, and starts what test files share. The rules need none of it. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { projects } = project.vitest;
  if (projects.every(({ name }) => name === 'rules')) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-test-'));
  const assemblies = Object.fromEntries(
    Object.keys(variants).map((name) => [name, join(directory, name)]),
  ) as Record<Variant, string>;
  const names = Object.keys(variants) as Variant[];
  await synthesize(names.map((name) => ({ settings: variants[name], outDir: assemblies[name] })));
  const isNeeded = projects.some(({ config }) => config.provide.store === 'dynamodb-local');
  const isHere = isNeeded && (await findDynamoDbLocal()) !== undefined;
  const engine = isHere ? await startEngine({ store: 'dynamodb-local' }) : undefined;
  project.provide('assemblies', assemblies);
  project.provide('permissionsDirectory', join(directory, 'permissions'));
  project.provide('dynamodbLocal', engine?.url);
  return async () => {
    await engine?.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
