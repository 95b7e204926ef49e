import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { edgeRegion } from '../edge/limits.ts';
import { secretNameOf } from '../edge/secret-name.ts';
import { deployedStack, outputsOf, type StackName } from './deployed-stacks.ts';
import { recordOf, recordsIn } from '../dns/records.ts';
import { usesKeptSecret } from './kept-secret.ts';
import { restoredTables } from './restored-tables.ts';

/** Resources that belong to no stack and so outlive all stacks, as lines with the commands that delete them. */
export async function leftOutside(
  settings: DeploymentSettings,
  stacks: readonly StackName[],
): Promise<string[]> {
  const { region, keyReplicas, proxy } = settings;
  const restored = [settings.restoredTables, await restoredTables(settings)];
  const tables = new Set(restored.flatMap((one) => Object.values(one).map(({ name }) => name)));
  const secrets = usesKeptSecret(settings) ? proxy!.secretHashes.map(secretNameOf) : [];
  const outputs = (await Promise.all(stacks.map(deployedStack))).flatMap((stack) => outputsOf(stack ?? {}));
  const records = recordsIn(outputs);
  return [
    ...[...tables].map(
      (name) =>
        `  the restored table ${name}, with people’s data: ${update(name, region)} && aws dynamodb delete-table --region ${region} --table-name ${name}`,
    ),
    ...Object.entries(keyReplicas).map(
      ([name, arn]) =>
        `  the key ${name}: aws kms schedule-key-deletion --region ${region} --pending-window-in-days 7 --key-id ${arn}`,
    ),
    ...secrets.map(
      (name) =>
        `  the secret of CloudFront: aws secretsmanager delete-secret --region ${edgeRegion} --secret-id ${name}`,
    ),
    ...(records.length > 0 ? ['  at your DNS provider:', ...records.map((one) => `  ${recordOf(one)}`)] : []),
  ];
}

/** The command that lifts a table's deletion protection, which a restored table has like the table that it replaces. */
const update = (name: string, region: string): string =>
  `aws dynamodb update-table --region ${region} --table-name ${name} --no-deletion-protection-enabled`;
