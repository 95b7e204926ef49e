import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import type { Entry } from '../entry.ts';
import { findOperations } from '../operations.ts';
import { deployments } from '../review/deployments.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';

interface Step {
  title: string;
  settings: Record<string, unknown>;
  entries?: readonly Entry[];
  change?(stacks: { stateful: StatefulStack }): void;
}

const plain = deployments['as it comes']!;
const everything = deployments['with everything']!;

/** Adds an index to the table of users, as a later release would. */
function addIndex({ stateful }: { stateful: StatefulStack }): void {
  const table = stateful.node.findChild('UsersTable') as CfnTable;
  table.attributeDefinitions = [
    ...(table.attributeDefinitions as CfnTable.AttributeDefinitionProperty[]),
    { attributeName: 'tried', attributeType: 'S' },
  ];
  table.globalSecondaryIndexes = [
    ...((table.globalSecondaryIndexes ?? []) as CfnTable.GlobalSecondaryIndexProperty[]),
    {
      indexName: 'byTried',
      keySchema: [{ attributeName: 'tried', keyType: 'HASH' }],
      projection: { projectionType: 'ALL' },
    },
  ];
}

/** What an operator deploys over the years, each release over the one before. The last one is deployed beside the others. */
export const releases: readonly Step[] = [
  { title: 'as it comes', settings: plain },
  { title: 'with everything', settings: everything },
  {
    title: 'one index more, one operation less',
    settings: everything,
    entries: findOperations().filter(({ id }) => id !== 'quota-read'),
    change: addIndex,
  },
  { title: 'back to the release before', settings: everything },
  { title: 'at a domain', settings: { ...everything, ...deployments['at a domain'] } },
  { title: 'behind CloudFront', settings: { ...everything, ...deployments['behind CloudFront'] } },
  // SES knows the sender already: it belongs to the deployment beside this stage.
  { title: 'a stage beside it', settings: { ...everything, stage: 'staging', mailIdentity: 'existing' } },
];
