import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type * as z from 'zod/mini';
import { tableNames, type TableName } from '#shared/deployment/tables.ts';
import { restoredTablesSchema } from '#shared/deployment/restored-tables.ts';
import {
  restoredTablesOutput,
  stackNameOf,
  tableOutput,
  type StackKind,
} from '#shared/deployment/stack-names.ts';
import { CommandError, exit } from '../failures.ts';
import type { Aws } from './aws.ts';

/** Names of a deployment's tables, by their names in the code. */
export interface Tables {
  /** The tables that the service uses. */
  inUse: Readonly<Record<TableName, string>>;
  /** The tables that the stateful stack made. Restored tables may have replaced some of them. */
  made: Readonly<Record<TableName, string>>;
  /** The deployed setting `restoredTables`. */
  restored: z.infer<typeof restoredTablesSchema>;
}

async function outputsOf({ cloudFormation }: Aws, StackName: string): Promise<Map<string, string>> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  return new Map(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

/** Finds the tables of a deployment by the outputs of its stacks. */
export async function findTables(aws: Aws, stage: string | undefined): Promise<Tables> {
  const stack = (kind: StackKind): string => stackNameOf({ stage: stage ?? null }, kind);
  const [stateful, service] = [
    await outputsOf(aws, stack('stateful')),
    await outputsOf(aws, stack('service')),
  ];
  const made = Object.fromEntries(
    tableNames.map((name) => {
      const output = tableOutput(name);
      const physical = stateful.get(output);
      if (physical === undefined)
        throw new CommandError(exit.refused, `The stack ${stack('stateful')} has no output ${output}.`, [
          'Deploy this version first: the command finds the tables by its outputs.',
        ]);
      return [name, physical];
    }),
  ) as Record<TableName, string>;
  const restored = restoredTablesSchema.parse(JSON.parse(service.get(restoredTablesOutput) ?? '{}'));
  const replaced = Object.entries(restored).map(([name, table]) => [name, table.name]);
  return { made, restored, inUse: { ...made, ...Object.fromEntries(replaced) } };
}
