import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { restoredTablesOutput, stackNameOf } from '#shared/deployment/stack-names.ts';
import { deployedStack, outputsOf } from './deployed-stacks.ts';
import type { Deployment } from './deployment.ts';

type Restored = Readonly<Record<string, { name: string }>>;

/** The restored tables that the deployed service uses. */
export async function restoredTables(settings: DeploymentSettings): Promise<Restored> {
  const service = await deployedStack({ name: stackNameOf(settings, 'service'), region: settings.region });
  const told = outputsOf(service ?? {}).find(({ key }) => key === restoredTablesOutput)?.value ?? '{}';
  return JSON.parse(told) as Restored;
}

/**
 * Restored tables that the service would stop using, in sentences. No stack has them, so no difference between templates shows that
 * people's current data would be out of reach.
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
