import type { Settings } from '#shared/deployment/settings.ts';
import { restoredTablesOutput, stackNameOf } from '#shared/deployment/stack-names.ts';
import { deployedStack, outputsOf } from './deployed-stacks.ts';
import type { Deployment } from './deployment.ts';

type Restored = Readonly<Record<string, { name: string }>>;

/** The restored tables that the service uses as it is deployed. */
export async function restoredTables(settings: Settings): Promise<Restored> {
  const service = await deployedStack({ name: stackNameOf(settings, 'service'), region: settings.region });
  const told = outputsOf(service ?? {}).find(({ key }) => key === restoredTablesOutput)?.value ?? '{}';
  return JSON.parse(told) as Restored;
}

/**
 * Restored tables that the service would leave, in sentences. They are no part of a template, and so no difference of templates says
 * that people's data of today would be out of sight.
 */
export async function leftTables({
  settings,
  stacks,
}: Pick<Deployment, 'settings' | 'stacks'>): Promise<string[]> {
  const next: Restored = settings.restoredTables;
  if (stacks.every(({ name }) => name !== stackNameOf(settings, 'service'))) return [];
  return Object.entries(await restoredTables(settings))
    .filter(([table, { name }]) => next[table]?.name !== name)
    .map(
      ([table, { name }]) =>
        `The service leaves the restored table ${name} for ${next[table]?.name ?? `its own table ${table}`}: what was written to ${name} is not in that.`,
    );
}
