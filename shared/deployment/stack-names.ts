import { logicalIdOf } from './logical-id.ts';
import type { Settings } from './settings.ts';
import type { TableName } from './tables.ts';

/** `latchkey`, or `latchkey-staging` where the stage is `staging`: what its metrics and stacks are found by. */
export const deploymentName = (stage: string | null): string =>
  stage === null ? 'latchkey' : `latchkey-${stage}`;

/** The stacks of a deployment, in the order in which they are deployed. */
export type StackKind = 'stateful' | 'mail' | 'service' | 'monitoring' | 'edge' | 'domain';

/** `latchkey-service`, or `latchkey-staging-service`: what everything of the stack is found by. */
export const stackNameOf = ({ stage }: Pick<Settings, 'stage'>, kind: StackKind): string =>
  `${deploymentName(stage)}-${kind}`;

/** The output of the stateful stack that tells the name of a table that it made, such as `UsersTableName`. */
export const tableOutput = (table: TableName): string => `${logicalIdOf(table)}TableName`;

/** The output of the service stack that tells the function of a job that is invoked, such as `AppSecretName`. */
export const jobOutput = (id: string): string => `${logicalIdOf(id)}Name`;

/** The output of the service stack that tells the setting `restoredTables`, where there is one. */
export const restoredTablesOutput = 'RestoredTables';
