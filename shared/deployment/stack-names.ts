import { logicalIdOf } from './logical-id.ts';
import type { Settings } from './settings.ts';
import type { TableName } from './tables.ts';

/** `latchkey`, or `latchkey-staging` for the stage `staging`: the name that identifies its metrics and stacks. */
export const deploymentName = (stage: string | null): string =>
  stage === null ? 'latchkey' : `latchkey-${stage}`;

/** The stacks of a deployment, in the order in which they are deployed. */
export type StackKind = 'stateful' | 'mail' | 'service' | 'monitoring' | 'edge' | 'domain';

/** `latchkey-service`, or `latchkey-staging-service`: the name that identifies everything in the stack. */
export const stackNameOf = ({ stage }: Pick<Settings, 'stage'>, kind: StackKind): string =>
  `${deploymentName(stage)}-${kind}`;

/** The output of the stateful stack with the name of a table that it made, such as `UsersTableName`. */
export const tableOutput = (table: TableName): string => `${logicalIdOf(table)}TableName`;

/** The output of the service stack with the function name of an invoked job, such as `AppSecretName`. */
export const jobOutput = (id: string): string => `${logicalIdOf(id)}Name`;

/** The output of the service stack with the setting `restoredTables`, if it is set. */
export const restoredTablesOutput = 'RestoredTables';
