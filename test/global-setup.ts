import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '#local/stack/build.ts';
import { startEngine } from '#local/engine/engine.ts';
import { findDynamoDbLocal } from '#local/engine/dynamodb-local.ts';
import { variants, type Variant } from './harness/variants.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The engine of this project. */
    store: 'dynoxide' | 'dynamodb-local';
    /** Directories of the synthesized templates. */
    assemblies: Record<Variant, string>;
    /** One DynamoDB Local for all files, where Java is: it starts too slowly for one each. */
    dynamodbLocal: string | undefined;
  }
}

/** Bundles once, synthesizes the variants, and starts what test files share. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-test-'));
  const assemblies = {} as Record<Variant, string>;
  for (const [name, settings] of Object.entries(variants) as [Variant, Record<string, unknown>][]) {
    assemblies[name] = join(directory, name);
    await synthesize({ settings, outDir: assemblies[name], bundled: name !== 'plain' });
  }
  const engine = (await findDynamoDbLocal()) ? await startEngine({ store: 'dynamodb-local' }) : undefined;
  project.provide('assemblies', assemblies);
  project.provide('dynamodbLocal', engine?.url);
  return async () => {
    await engine?.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
