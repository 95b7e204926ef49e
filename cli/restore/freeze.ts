import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { CommandError, exit } from '../failures.ts';
import { errorNameOf, type Aws } from './aws.ts';

const sid = 'LatchkeyRestores';

/** Denies all writes. Reading, and taking the policy off again, stay as permitted as before. */
const policyOf = (arn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: sid,
        Effect: 'Deny',
        Principal: '*',
        Action: [
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
          'dynamodb:BatchWriteItem',
          'dynamodb:PartiQLInsert',
          'dynamodb:PartiQLUpdate',
          'dynamodb:PartiQLDelete',
        ],
        Resource: arn,
      },
    ],
  });

async function policyIn({ dynamo }: Aws, ResourceArn: string): Promise<string | undefined> {
  try {
    return (await dynamo.send(new GetResourcePolicyCommand({ ResourceArn }))).Policy;
  } catch (error) {
    if (errorNameOf(error) === 'PolicyNotFoundException') return undefined;
    throw error;
  }
}

/** Closes a table to writes with a resource policy, so that no row is missed when rows are carried over. */
export async function freeze(aws: Aws, { TableArn = '', TableName = '' }: TableDescription): Promise<void> {
  const policy = await policyIn(aws, TableArn);
  if (policy?.includes(sid)) return;
  if (policy !== undefined)
    throw new CommandError(exit.refused, `${TableName} has a policy of its own, which would be lost.`, [
      'Take it off while you restore: aws dynamodb delete-resource-policy',
    ]);
  await aws.dynamo.send(new PutResourcePolicyCommand({ ResourceArn: TableArn, Policy: policyOf(TableArn) }));
}

/** Lets the service write again. @returns whether the table was closed. */
export async function thaw(aws: Aws, { TableArn = '' }: TableDescription): Promise<boolean> {
  if (!(await policyIn(aws, TableArn))?.includes(sid)) return false;
  await aws.dynamo.send(new DeleteResourcePolicyCommand({ ResourceArn: TableArn }));
  return true;
}
